// The log has one JSON object a line on standard error, so that clients cannot forge a line. It never contains secrets: neither query
// strings (delete links) nor header values are written.

import HTTP
import Journal
import JSONText
import Time

/// The log of a responder.
public enum Log {
    /// Logs an event that operators may look for later, such as a login.
    public static func tell(_ fields: [(String, JSONValue)], from responder: String) {
        write([("responder", .string(responder))] + fields, .notice)
    }

    /// - Returns: whether there is a line about it. Its field `id` is the request's, by which an operator finds it when a visitor tells it.
    @discardableResult
    static func write(_ problem: Problem, from responder: String, _ request: Request) -> Bool {
        guard let priority = problem.priority else { return false }
        write([("responder", .string(responder)), ("status", .int(Int64(problem.status.code))), ("says", .string(problem.says)),
               ("because", .string(problem.because ?? ""))] + whose(request), priority)
        return true
    }

    /// Logs an error that an operator can fix and for which the response has its own message.
    public static func fail(_ message: String, from responder: String) { write(message, from: responder) }

    /// Logs what could not be done in a request that succeeded nevertheless.
    static func write(_ remark: String, from responder: String, _ request: Request) {
        write([("responder", .string(responder)), ("remark", .string(remark))] + whose(request), .warning)
    }

    /// Logs an error outside of requests.
    static func write(_ message: String, from responder: String) {
        write([("responder", .string(responder)), ("message", .string(message))], .error)
    }

    private static func whose(_ request: Request) -> [(String, JSONValue)] {
        [("method", .string(request.method.name)), ("path", .string(request.path)), ("address", .string(request.remoteAddress)),
         ("id", .string(request.id.description))]
    }

    private static func write(_ fields: [(String, JSONValue)], _ priority: Journal.Priority) {
        let time = [("time", JSONValue.int(Int64(Now.seconds)))]
        Journal.write(JSONValue.object(time + fields).bytes, priority)
    }
}

extension Problem {
    /// `.error` for errors of the site, `.notice` for errors of the client that an operator can act on; nil (not logged) for the others.
    var priority: Journal.Priority? {
        guard because != nil || status.code >= 500 else { return nil }
        return status.code >= 500 ? .error : .notice
    }
}
