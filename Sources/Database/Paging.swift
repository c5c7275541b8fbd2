// Pages of rows.

/// A page number, counted from 1, and the page size.
public struct Paging: Sendable {
    public let number: Int
    public let size: Int

    /// Maximum rows of a page, unless said otherwise.
    public static let sizeLimit = 100

    /// Values out of range are clamped.
    public init(_ number: Int = 1, size: Int, upTo limit: Int = sizeLimit) {
        // Prevents an overflow of the offset.
        self.number = min(max(number, 1), Int(Int32.max))
        self.size = min(max(size, 1), limit)
    }

    /// The number of rows before this page.
    public var offset: Int { (number - 1) * size }

    /// The number of pages for this number of rows.
    public func count(of total: Int) -> Int { (total + size - 1) / size }
}
