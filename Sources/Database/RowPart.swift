// Logs are read in parts, from the newest row down: each part begins behind the last row of the former one, so that the end of a million rows
// is as near as their beginning.

/// A place behind a row of a log.
public struct RowPosition: Equatable, Sendable {
    /// The value by which the log is sorted, mostly seconds since 1970.
    public let key: Int
    public let id: Int

    public init(key: Int, id: Int) { (self.key, self.id) = (key, id) }

    /// Before all rows.
    public static let beginning = RowPosition(key: .max, id: .max)

    /// For addresses: "1700000000.12".
    public var text: String { "\(key).\(id)" }

    /// - Returns: nil if the text is not one of `text`.
    public init?(_ text: String) {
        guard text.utf8.count <= RowPosition.lengthLimit else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let key = parts[0], let id = parts[1] else { return nil }
        self.init(key: key, id: id)
    }

    private static let lengthLimit = 41
}

/// Rows of a log, the newest first.
public struct RowPart<Entry: Sendable>: Sendable {
    public let entries: [Entry]
    /// Where the next part begins; nil at the end of the log.
    public let next: RowPosition?
    /// Whether as many rows were read as one part may read, before the part was full: the next one may hold more.
    public let isCut: Bool

    /// Takes rows until the part is full.
    ///
    /// - Parameters:
    ///   - limit: how many rows `each` gives at most.
    ///   - each: gives each row with its place, and whether the part shows it, until it is answered with false.
    public init(size: Int, readingAtMost limit: Int, _ each: (_ take: (Entry, RowPosition, Bool) -> Bool) throws -> Void) rethrows {
        var (entries, last, count, isMore): ([Entry], RowPosition?, Int, Bool) = ([], nil, 0, false)
        try each { entry, position, isShown in
            isMore = entries.count == size
            guard !isMore else { return false }
            (last, count) = (position, count + 1)
            if isShown { entries.append(entry) }
            return true
        }
        let isCut = !isMore && count == limit
        self.init(entries, next: isMore || isCut ? last : nil, isCut: isCut)
    }

    private init(_ entries: [Entry], next: RowPosition?, isCut: Bool) { (self.entries, self.next, self.isCut) = (entries, next, isCut) }

    /// The same part with something else for each row.
    public func map<Other>(_ make: (Entry) throws -> Other) rethrows -> RowPart<Other> {
        RowPart<Other>(try entries.map(make), next: next, isCut: isCut)
    }
}
