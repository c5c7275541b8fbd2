// From an error to its answer, in one step: status, words for the client, words for the log, headers.

/// An error that knows how it is answered.
public protocol ProblemConvertible: Error {
    /// - Parameter failure: the responder's own words for a failure of the site.
    func problem(failure: String) -> Problem
}

extension Problem: ProblemConvertible {
    public func problem(failure: String) -> Problem { self }

    /// How an error is answered: one that knows no answer of its own is a failure of the site.
    public init(_ error: any Error, failure: String) {
        let known = error as? any ProblemConvertible
        self = known?.problem(failure: failure) ?? Problem(.internalServerError, says: failure, because: "\(error)")
    }
}
