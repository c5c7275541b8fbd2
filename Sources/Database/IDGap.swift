// Ids that no row gets. Which tables have ids of their own is for each engine to know; how far they go on is the same.

/// A gap in the ids of tables.
public struct IDGap: Sendable {
    /// The least number of ids that are passed over. The next one follows on a multiple of it.
    public let step: Int
    /// Tables whose ids go on without a gap.
    public let spared: Set<String>

    public init(_ step: Int, sparing spared: Set<String> = []) {
        self.step = step
        self.spared = spared
    }

    /// - Parameter last: the last id that was given; 0 for none.
    /// - Returns: the last id that is passed over.
    public func end(after last: Int) -> Int { ((last + step - 1) / step + 1) * step }
}
