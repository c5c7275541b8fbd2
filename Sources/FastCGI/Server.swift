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
    /// Seconds within which a connection must have sent all parameters of its request; otherwise it is closed. Web servers send them as
    /// soon as they have connected.
    var parameterSeconds: UInt32 = 10
    /// Seconds that one read of a body may wait; then the request is refused. Web servers that take a request in before they pass it on
    /// send without a pause; the limit leaves room for one that passes on what a slow client sends.
    var waitSeconds = 30
    /// Seconds without a request after which the process ends; nil: never. Useful only with socket activation.
    public var idleSeconds: Int?

    public init(name: String, idleSeconds: Int? = nil) {
        self.name = name
        self.idleSeconds = idleSeconds
    }

    /// Serves until SIGTERM, idle timeout or `.outdated`; as plain CGI, serves the one request in the environment.
    ///
    /// - Parameters:
    ///   - readiness: called before each connection is accepted.
    ///   - afterwards: called after each answer was sent, and every ten seconds while no request comes.
    public func run(readiness: () -> Readiness = { .ready }, afterwards: () -> Void = {}, _ answer: (Request) -> Response) {
        signal(SIGPIPE, SIG_IGN)
        Alarm.prepare(name: name)
        switch Listener.ofThisProcess {
        case .socket(let descriptor): serve(descriptor, readiness, answer, afterwards)
        case .plainCGI: serveOnce(readiness, answer)
        }
    }

    private func serve(_ descriptor: Int32, _ readiness: () -> Readiness, _ answer: (Request) -> Response, _ afterwards: () -> Void) {
        let slot = RequestSlot(listening: descriptor)
        let doorbell = Doorbell(descriptor: descriptor, idleSeconds: idleSeconds)
        while doorbell.wait(meanwhile: afterwards) {
            Alarm.set(requestSeconds)
            defer { Alarm.stop() }
            switch readiness() {
            case .ready:
                takeOne(slot, answer)
                afterwards()
            case .notYet: doorbell.pause()
            case .outdated: return
            }
        }
    }

    private func takeOne(_ slot: RequestSlot, _ answer: (Request) -> Response) {
        switch slot.accept(waitSeconds: waitSeconds) {
        case .connection(let connection):
            if hasParameters(slot, connection) { answerOne(slot, connection, answer) }
        case .nobody: break
        case .exhausted: pause(microseconds: 100_000)
        }
    }

    private func hasParameters(_ slot: RequestSlot, _ connection: Int32) -> Bool {
        Alarm.set(parameterSeconds, ending: connection)
        let isRead = slot.readParameters(from: connection)
        if Alarm.stop() {
            Journal.write("\(name): a connection had not sent a request's parameters after \(parameterSeconds) s, it was closed", .warning)
        }
        Alarm.set(requestSeconds)
        return isRead
    }

    private func answerOne(_ slot: RequestSlot, _ connection: Int32, _ answer: (Request) -> Response) {
        let parameters = slot.parameters()
        let body = BoundedBody(limit: declaredLength(parameters)) { buffer in read(slot, into: buffer) }
        let response = answer(Request(parameters: parameters, body: body))
        send(response, isHead: parameters["REQUEST_METHOD"] == "HEAD", through: slot.write)
        // Before it closes, libfcgi reads what the peer still sends, however long that goes on.
        Alarm.set(requestSeconds, ending: connection)
        slot.finish()
    }

    private func read(_ slot: RequestSlot, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        Alarm.set(requestSeconds)
        let count = slot.read(into: buffer)
        if count < 0, slot.hasTimedOut {
            Journal.write("\(name): the body of a request stopped for \(waitSeconds) s, the request was refused", .warning)
        }
        return count
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
