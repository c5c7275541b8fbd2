// Times are stored as seconds since 1970 and shown in the site's time zone, as EasyImages did.

import Glibc
import Text

/// A point in time, in the site's time zone.
public struct SiteTime: Sendable {
    /// Seconds since 1970.
    public let seconds: Int
    private let fields: CalendarFields

    public var year: Int { fields.year }
    /// 1...12.
    public var month: Int { fields.month }

    public init(_ seconds: Int) {
        self.seconds = seconds
        fields = CalendarFields(seconds)
    }

    /// From local date and time; numbers that are out of range carry into the next field, as in mktime(3).
    ///
    /// - Returns: nil before 1970.
    public init?(year: Int32, month: Int32, day: Int32, hour: Int32, minute: Int32, second: Int32) {
        var fields = tm()
        (fields.tm_year, fields.tm_mon, fields.tm_mday) = (year - 1900, month - 1, day)
        (fields.tm_hour, fields.tm_min, fields.tm_sec, fields.tm_isdst) = (hour, minute, second, -1)
        let seconds = mktime(&fields)
        guard seconds >= 0 else { return nil }
        // mktime(3) has set all fields.
        (self.seconds, self.fields) = (seconds, CalendarFields(fields))
    }

    public static var now: SiteTime { SiteTime(Now.seconds) }

    /// "2024-04-16 12:00:00", the format of the API documentation.
    public var text: String {
        "\(year)-\(month.padded(to: 2))-\(fields.day.padded(to: 2)) "
            + "\(fields.hour.padded(to: 2)):\(fields.minute.padded(to: 2)):\(fields.second.padded(to: 2))"
    }
}
