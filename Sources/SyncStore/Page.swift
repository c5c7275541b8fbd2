// Pages of lists.

/// A page, counted from 1.
public struct Page: Sendable {
    public let number: Int
    public let size: Int

    public static let sizeLimit = 100

    /// Numbers out of range are brought into it.
    public init(_ number: Int = 1, size: Int = 50) {
        // The product of both must stay an integer.
        self.number = min(max(number, 1), Int(Int32.max))
        self.size = min(max(size, 1), Page.sizeLimit)
    }

    var offset: Int { (number - 1) * size }

    /// How many pages hold so many rows.
    public func count(of total: Int) -> Int { (total + size - 1) / size }
}
