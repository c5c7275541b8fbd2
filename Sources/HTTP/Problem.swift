// A failure has two voices: what the client hears is a message of the contract, what happened goes to the log.

import JSONText

/// A request that is answered with an error.
public struct Problem: Error, Sendable {
    public let status: Status
    /// For the client.
    public let says: String
    /// For the log; nil when there is nothing an operator could do.
    public let because: String?
    public let headers: [(name: String, value: String)]

    public init(_ status: Status, says: String, because: String? = nil, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.says = says
        self.because = because
        self.headers = headers
    }

    /// The body of every error of the v1 API.
    public var json: JSONValue { ["result": "error", "code": .int(Int64(status.code)), "error": .string(says)] }
}

/// An error that knows how it is to be answered.
public protocol ProblemConvertible: Error {
    var problem: Problem { get }
}
