// Converts an error to its response in one step: status, message for the client, message for the log, headers.

/// An error with a specific response.
public protocol ProblemConvertible: Error {
    /// - Parameter failure: the responder's message for internal errors.
    func problem(failure: String) -> Problem
}

extension Problem: ProblemConvertible {
    public func problem(failure: String) -> Problem { self }

    /// The response to an error; an error without a specific one is an internal error.
    public init(_ error: any Error, failure: String) {
        let known = error as? any ProblemConvertible
        self = known?.problem(failure: failure) ?? Problem(.internalServerError, says: failure, because: "\(error)")
    }
}
