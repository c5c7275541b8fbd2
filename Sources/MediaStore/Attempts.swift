// Work on many things goes on where one of them fails.

/// Steps of which each is tried, and the first failure among them.
struct Attempts {
    private(set) var failure: (any Error)?

    mutating func fail(_ error: any Error) { failure = failure ?? error }

    mutating func attempt(_ step: () throws -> Void) {
        do { try step() } catch { fail(error) }
    }

    /// - Throws: what went wrong first.
    func end() throws { if let failure { throw failure } }
}
