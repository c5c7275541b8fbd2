// The log is one JSON object a line on standard error, so that nothing a client sends can forge a line. It never holds a
// secret: neither the query string (delete links) nor header values are written.

import HTTP
import Journal
import JSONText
import Time

/// The log of a responder.
public enum Log {
    /// What an operator may want to find later, such as who logged in; a line of its own beside the failures.
    public static func tell(_ fields: [(String, JSONValue)], from responder: String) {
        write([("responder", .string(responder))] + fields, .notice)
    }

    static func write(_ problem: Problem, from responder: String, _ request: Request) {
        guard let priority = problem.priority else { return }
        write([("responder", .string(responder)), ("status", .int(Int64(problem.status.code))), ("says", .string(problem.says)),
               ("because", .string(problem.because ?? ""))] + whose(request), priority)
    }

    /// A failure that an operator can act on and that the answer has its own words for.
    public static func fail(_ message: String, from responder: String) { write(message, from: responder) }

    /// Something that an operator asked for and that did not happen, in a request that went well all the same.
    static func write(_ remark: String, from responder: String, _ request: Request) {
        write([("responder", .string(responder)), ("remark", .string(remark))] + whose(request), .warning)
    }

    /// A failure outside all requests.
    static func write(_ message: String, from responder: String) {
        write([("responder", .string(responder)), ("message", .string(message))], .error)
    }

    private static func whose(_ request: Request) -> [(String, JSONValue)] {
        [("method", .string(request.method.name)), ("path", .string(request.path)), ("address", .string(request.remoteAddress))]
    }

    private static func write(_ fields: [(String, JSONValue)], _ priority: Journal.Priority) {
        let time = [("time", JSONValue.int(Int64(Now.seconds)))]
        Journal.write(JSONValue.object(time + fields).bytes, priority)
    }
}

extension Problem {
    /// A request that failed is an error where the site failed, and none where its client did; nil for what is told to the client alone,
    /// because no operator can act on it.
    var priority: Journal.Priority? {
        guard because != nil || status.code >= 500 else { return nil }
        return status.code >= 500 ? .error : .notice
    }
}
