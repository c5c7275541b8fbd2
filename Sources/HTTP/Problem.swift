// A failure has two voices: what the client hears is a published message, what happened goes to the log.

import JSONText

/// A request that is answered with an error.
public struct Problem: Error, Sendable {
    public let status: Status
    /// For the client.
    public let says: String
    /// For the log; nil when there is nothing an operator could do.
    public let because: String?
    public let headers: [(name: String, value: String)]
    /// Further members of the body, for programs that can do something about it.
    public let details: [(String, JSONValue)]

    public init(_ status: Status, says: String, because: String? = nil, headers: [(name: String, value: String)] = [],
                details: [(String, JSONValue)] = []) {
        self.status = status
        self.says = says
        self.because = because
        self.headers = headers
        self.details = details
    }

    /// The members of every error of the v1 API.
    var members: [(String, JSONValue)] {
        [("result", "error"), ("code", .int(Int64(status.code))), ("error", .string(says))] + details
    }
}

extension Problem {
    /// No space is left for what the request brought.
    public static func noSpace(because: String) -> Problem {
        Problem(.insufficientStorage, says: "Insufficient storage", because: because)
    }

    /// What stands in the way goes by itself.
    public static func tryLater(because: String, seconds: Int = 5) -> Problem {
        Problem(.serviceUnavailable, says: "Server busy", because: because, headers: [("Retry-After", "\(seconds)")])
    }
}
