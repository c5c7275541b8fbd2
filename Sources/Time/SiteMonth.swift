// The months by which lists and logs are looked through.

import Text

/// A month of the site's time zone.
public struct SiteMonth: Hashable, Comparable, Sendable {
    public let year: Int
    /// 1...12.
    public let month: Int

    /// Parses "2025/07"; nil for any other text.
    public init?(_ text: String) {
        guard let first = SiteDay(text + "/01") else { return nil }
        self.init(of: first)
    }

    public init(of day: SiteDay) { (year, month) = (day.year, day.month) }

    public init(year: Int, month: Int) { (self.year, self.month) = (year, month) }

    /// The order of time, without asking the time zone.
    public static func < (earlier: SiteMonth, later: SiteMonth) -> Bool { (earlier.year, earlier.month) < (later.year, later.month) }

    /// "2025/07".
    public var text: String { "\(year.padded(to: 4))/\(month.padded(to: 2))" }

    public var previous: SiteMonth { month == 1 ? SiteMonth(year: year - 1, month: 12) : SiteMonth(year: year, month: month - 1) }

    /// The first second of the next month, since 1970.
    public var end: Int {
        let next = month == 12 ? SiteMonth(year: year + 1, month: 1) : SiteMonth(year: year, month: month + 1)
        return next.start ?? .max
    }

    /// Start and end of this month, in seconds since 1970.
    public var seconds: Range<Int> {
        let start = start ?? 0
        return start..<max(start, end)
    }

    private var start: Int? { SiteDay(text + "/01")?.seconds.lowerBound }
}
