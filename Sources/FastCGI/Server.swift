// One process serves one request at a time: accept, read, answer, finish. libfcgi speaks the records; this file decides when
// to wait, when to stop, and what a request that throws or hangs means for the process (nothing, and its end).

internal import CFastCGI
import Glibc
import HTTP
import Journal

/// What a process does with a connection that waits for it.
public enum Readiness: Sendable {
    /// It takes the connection.
    case ready
    /// It leaves the connection where it is and looks again a moment later.
    case notYet
    /// It ends without taking the connection, which its successor then finds.
    case outdated
}

/// The loop of a responder process.
public struct Server {
    /// The responder's name in messages to the operator.
    public let name: String
    /// Seconds without progress after which a request is ended together with the process; the process manager starts another.
    public var requestSeconds: UInt32 = 120
    /// Seconds without a request after which the process ends; nil: never. Only sensible under socket activation.
    public var idleSeconds: Int?

    public init(name: String, idleSeconds: Int? = nil) {
        self.name = name
        self.idleSeconds = idleSeconds
    }

    /// Serves until SIGTERM, idleness or `.outdated`; as plain CGI, serves the one request of the environment.
    ///
    /// - Parameter readiness: asked before each connection is taken.
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
            // The alarm also bounds a peer that connects and then never finishes sending its parameters.
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
        case .exhausted: usleep(100_000)
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
        while case .notYet = readiness() { usleep(100_000) }
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

    /// A client that has gone is no error: its connection ends with the request.
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

/// SIGALRM ends a stuck request with a message; the handler may only use what is safe in a signal handler (signal-safety(7)).
enum Alarm {
    private nonisolated(unsafe) static var message: [UInt8] = []

    static func prepare(name: String) {
        message = Journal.line(Array("\(name): a request made no progress for too long, its process was ended".utf8), .error)
        signal(SIGALRM) { _ in
            Alarm.message.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            _exit(1)
        }
    }

    /// Starts or restarts the clock; 0 stops it.
    static func set(_ seconds: UInt32) { alarm(seconds) }
}
