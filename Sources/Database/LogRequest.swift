// What the logs are asked for: rows that a search finds, of some time, from a place on.

/// What a log is searched for.
public protocol LogSearch: Sendable {
    /// Finds all rows.
    static var everything: Self { get }
    /// Whether the rows are found in order of their times; otherwise in order of ids, in which they came here.
    var isByTime: Bool { get }
}

extension LogSearch {
    public var isByTime: Bool { true }
}

/// A part of a log.
public struct LogRequest<Search: LogSearch>: Sendable {
    public let search: Search
    public let seconds: Range<Int>
    /// Behind which the part begins.
    public let start: RowPosition
    public let size: Int

    /// Rows of a part.
    public static var usualSize: Int { 50 }

    /// - Parameters:
    ///   - seconds: since 1970, between which the rows' times are.
    ///   - position: behind which the part begins; of a part of the same search.
    public init(_ search: Search = .everything, in seconds: Range<Int> = 0..<Int.max, from position: RowPosition = .beginning, size: Int = usualSize) {
        (self.search, self.seconds, self.size) = (search, seconds, size)
        start = position.key < seconds.upperBound || !search.isByTime ? position : RowPosition(key: seconds.upperBound, id: 0)
    }
}
