// The log is one JSON object a line on standard error, so that nothing a client sends can forge a line. It never holds a
// secret: neither the query string (delete links) nor header values are written.

import Glibc
import HTTP
import JSONText

/// The log of a responder.
public enum Log {
    /// What an operator may want to find later, such as who logged in; a line of its own beside the failures.
    public static func tell(_ fields: [(String, JSONValue)], from responder: String) {
        write([("responder", .string(responder))] + fields)
    }

    static func write(_ problem: Problem, from responder: String, _ request: Request) {
        // What a client did wrong and why is told to the client; the log is for what an operator can act on.
        guard problem.because != nil || problem.status.code >= 500 else { return }
        write([("responder", .string(responder)), ("status", .int(Int64(problem.status.code))), ("says", .string(problem.says)),
               ("because", .string(problem.because ?? "")), ("method", .string(request.method.name)),
               ("path", .string(request.path)), ("address", .string(request.remoteAddress))])
    }

    /// A failure that an operator can act on and that the answer has its own words for.
    public static func fail(_ message: String, from responder: String) { write(message, from: responder) }

    static func write(_ message: String, from responder: String) {
        write([("responder", .string(responder)), ("message", .string(message))])
    }

    private static func write(_ fields: [(String, JSONValue)]) {
        let time = [("time", JSONValue.int(Int64(Glibc.time(nil))))]
        let line = JSONValue.object(time + fields).bytes + [UInt8(ascii: "\n")]
        // One write, so that lines of several processes do not mix.
        line.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
