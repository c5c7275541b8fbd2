// EasyImages stores pictures in one folder per day, and its pages show counts per day. Only valid calendar days are accepted, so that no
// other text becomes part of a folder name.

import Glibc
import Text

/// A day in the site's time zone.
public struct SiteDay: Hashable, Comparable, Sendable {
    public let year: Int
    /// 1...12.
    public let month: Int
    /// 1...31.
    public let day: Int

    /// The day of a time in seconds since 1970.
    public init(of seconds: Int) {
        let fields = CalendarFields(seconds)
        (year, month, day) = (fields.year, fields.month, fields.day)
    }

    /// Parses "2025/07/04", with or without a slash at the end; nil for any other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isMarked = bytes.count == 10 || bytes.count == 11 && bytes[10] == UInt8(ascii: "/")
        guard isMarked, bytes[4] == UInt8(ascii: "/"), bytes[7] == UInt8(ascii: "/"), let year = SiteDay.number(bytes[0..<4]),
              let month = SiteDay.number(bytes[5..<7]), let day = SiteDay.number(bytes[8..<10]), year >= 1000 else { return nil }
        var fields = SiteDay.fields(year, month, day)
        mktime(&fields)
        self.init(fields)
        guard (self.year, self.month, self.day) == (year, month, day) else { return nil }
    }

    public static var today: SiteDay { SiteDay(of: Now.seconds) }

    /// "2025/07/04".
    public var text: String { "\(year.padded(to: 4))/\(month.padded(to: 2))/\(day.padded(to: 2))" }

    /// "2025/07".
    public var monthText: String { "\(year.padded(to: 4))/\(month.padded(to: 2))" }

    /// The day `days` later; negative for earlier.
    public func moved(by days: Int) -> SiteDay {
        var fields = SiteDay.fields(year, month, day + days)
        mktime(&fields)
        return SiteDay(fields)
    }

    /// Start and end of this day, in seconds since 1970.
    public var seconds: Range<Int> {
        let (start, end) = (SiteDay.midnight(self), SiteDay.midnight(moved(by: 1)))
        return start..<max(start, end)
    }

    public static func < (one: SiteDay, other: SiteDay) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    private init(_ fields: tm) {
        (year, month, day) = (Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday))
    }

    private static func midnight(_ day: SiteDay) -> Int {
        var fields = fields(day.year, day.month, day.day)
        fields.tm_hour = 0
        return mktime(&fields)
    }

    /// Noon exists on every day; mktime(3) determines whether daylight saving time applies.
    private static func fields(_ year: Int, _ month: Int, _ day: Int) -> tm {
        var fields = tm()
        (fields.tm_year, fields.tm_mon, fields.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(clamping: day))
        (fields.tm_hour, fields.tm_isdst) = (12, -1)
        return fields
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        Int(digits: String(decoding: digits, as: UTF8.self), in: 0...9999)
    }
}
