// What many processes count together.

/// Numbers in a file, each of which only grows. Unmapped on deinit.
public final class SharedCounters {
    private let numbers: SharedNumbers

    /// Opens the file or creates it, with zeros.
    ///
    /// - Parameters:
    ///   - name: of a file that is used with this number of counters alone.
    ///   - count: at least 1.
    /// - Throws: as `SharedNumbers`.
    public init(_ name: String, count: Int, in folder: Folder) throws { numbers = try SharedNumbers(name, count: count, in: folder) }

    /// Adds to the counter with this number.
    ///
    /// - Parameter more: not negative.
    public func add(_ more: Int, to number: Int) { numbers.add(UInt64(more), at: number) }

    /// What no program ever counts to is damage, of a disk for example, and means 0.
    public subscript(number: Int) -> Int { Int(exactly: numbers[number]) ?? 0 }
}
