// One process serves one request at a time: accept, read, respond, finish. libfcgi implements the protocol; this file decides when
// to wait and when to stop. A request that throws does not affect the process; one that hangs ends it.

internal import CFastCGI
import Glibc
import HTTP
import Journal
import Time

/// Whether a process accepts a waiting connection.
public enum Readiness: Sendable {
    /// Accept it.
    case ready
    /// Leave it waiting and ask again a moment later.
    case notYet
    /// End without accepting it; the next process does.
    case outdated
}

/// The main loop of a responder process.
public struct Server {
    /// The responder's name, for messages to the operator.
    public let name: String
    /// Seconds without progress after which the process ends with its request; the process manager starts another.
    public var requestSeconds: UInt32 = 120
    /// Seconds without a request after which the process ends; nil: never. Useful only with socket activation.
    public var idleSeconds: Int?

    public init(name: String, idleSeconds: Int? = nil) {
        self.name = name
        self.idleSeconds = idleSeconds
    }

    /// Serves until SIGTERM, idle timeout or `.outdated`; as plain CGI, serves the one request in the environment.
    ///
    /// - Parameter readiness: called before each connection is accepted.
    public func run(readiness: () -> Readiness = { .ready }, _ answer: (Request) -> Response) {
        signal(SIGPIPE, SIG_IGN)
        Alarm.prepare(name: name)
        switch Listener.ofThisProcess {
        case .socket(let descriptor): serve(descriptor, readiness, answer)
        case .plainCGI: serveOnce(readiness, answer)
        }
    }

    private func serve(_ descriptor: Int32, _ readiness: () -> Readiness, _ answer: (Request) -> Response) {
        let slot = RequestSlot(listening: descriptor)
        let doorbell = Doorbell(descriptor: descriptor, idleSeconds: idleSeconds)
        while doorbell.wait() {
            // The alarm also limits a peer that connects and never finishes sending its parameters.
            Alarm.set(requestSeconds)
            defer { Alarm.set(0) }
            switch readiness() {
            case .ready: takeOne(slot, answer)
            case .notYet: doorbell.pause()
            case .outdated: return
            }
        }
    }

    private func takeOne(_ slot: RequestSlot, _ answer: (Request) -> Response) {
        switch slot.accept() {
        case .accepted: answerOne(slot, answer)
        case .nobody: break
        case .exhausted: pause(microseconds: 100_000)
        }
    }

    private func answerOne(_ slot: RequestSlot, _ answer: (Request) -> Response) {
        defer { slot.finish() }
        let parameters = slot.parameters()
        let body = BoundedBody(limit: declaredLength(parameters)) { buffer in
            Alarm.set(requestSeconds)
            return slot.read(into: buffer)
        }
        let response = answer(Request(parameters: parameters, body: body))
        send(response, isHead: parameters["REQUEST_METHOD"] == "HEAD", through: slot.write)
    }

    private func serveOnce(_ readiness: () -> Readiness, _ answer: (Request) -> Response) {
        Alarm.set(requestSeconds)
        while case .notYet = readiness() { pause(microseconds: 100_000) }
        let parameters = PlainCGI.parameters()
        let body = BoundedBody(limit: declaredLength(parameters) ?? 0) { buffer in
            Alarm.set(requestSeconds)
            return PlainCGI.read(into: buffer)
        }
        let response = answer(Request(parameters: parameters, body: body))
        send(response, isHead: parameters["REQUEST_METHOD"] == "HEAD", through: PlainCGI.write)
    }

    private func declaredLength(_ parameters: [String: String]) -> Int? {
        parameters["CONTENT_LENGTH"].flatMap { Int($0) }.map { max($0, 0) }
    }

    /// A client that has disconnected is not an error: its connection ends with the request.
    private func send(_ response: Response, isHead: Bool, through write: (UnsafeRawBufferPointer) -> Bool) {
        struct ClientGone: Error {}
        func pass(_ bytes: UnsafeRawBufferPointer) throws {
            if !bytes.isEmpty, !write(bytes) { throw ClientGone() }
        }
        do {
            try Array(response.head.utf8).withUnsafeBytes(pass)
            if !isHead { try response.writeBody(pass) }
        } catch is ClientGone {
        } catch {
            Journal.write("\(name): the answer broke off: \(error)", .error)
        }
    }
}

/// SIGALRM ends a request that hangs, with a message; the handler calls only async-signal-safe functions (signal-safety(7)).
enum Alarm {
    private nonisolated(unsafe) static var message: [UInt8] = []

    static func prepare(name: String) {
        message = Journal.line(Array("\(name): a request made no progress for too long, its process was ended".utf8), .error)
        signal(SIGALRM) { _ in
            Alarm.message.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            _exit(1)
        }
    }

    /// Starts or restarts the timer; 0 stops it.
    static func set(_ seconds: UInt32) { alarm(seconds) }
}
