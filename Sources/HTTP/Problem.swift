// An error has two messages: a documented one for the client, and the cause for the log.

import JSONText

/// A request that fails with an error response.
public struct Problem: Error, Sendable {
    public let status: Status
    /// For the client.
    public let says: String
    /// For the log; nil if there is nothing for the operator to do.
    public let because: String?
    public let headers: [(name: String, value: String)]
    /// Further members of the response body that programs can use.
    public let details: [(String, JSONValue)]

    public init(_ status: Status, says: String, because: String? = nil, headers: [(name: String, value: String)] = [],
                details: [(String, JSONValue)] = []) {
        self.status = status
        self.says = says
        self.because = because
        self.headers = headers
        self.details = details
    }

    /// The members of every error response of the v1 API.
    public var members: [(String, JSONValue)] {
        [("result", "error"), ("code", .int(Int64(status.code))), ("error", .string(says))] + details
    }
}

extension Problem {
    /// A missing or invalid parameter.
    public static func invalid(_ field: String) -> Problem { Problem(.badRequest, says: "Invalid parameter: \(field)") }

    /// The disk is full.
    public static func noSpace(because: String) -> Problem {
        Problem(.insufficientStorage, says: "Insufficient storage", because: because)
    }

    /// A temporary failure, such as a held lock.
    public static func tryLater(because: String, seconds: Int = 5) -> Problem {
        Problem(.serviceUnavailable, says: "Server busy", because: because, headers: [("Retry-After", "\(seconds)")])
    }
}
