// Batch operations that continue after an error.

/// Runs steps independently of each other and keeps the first error.
struct IndependentSteps {
    private(set) var failure: (any Error)?

    mutating func fail(_ error: any Error) { failure = failure ?? error }

    mutating func attempt(_ step: () throws -> Void) {
        do { try step() } catch { fail(error) }
    }

    /// - Throws: the first error.
    func end() throws { if let failure { throw failure } }
}
