// A point in time as localtime_r(3) and gmtime_r(3) split it.

import Glibc

/// Date and time of day.
public struct CalendarFields: Sendable {
    public let year: Int
    /// 1...12.
    public let month: Int
    /// 1...31.
    public let day: Int
    public let hour: Int, minute: Int, second: Int
    /// 0 is Sunday.
    public let weekday: Int
    /// 0 is 1 January.
    public let dayOfYear: Int

    /// In the site's time zone.
    ///
    /// - Parameter seconds: since 1970.
    public init(_ seconds: Int) {
        var moment = time_t(seconds)
        var fields = tm()
        localtime_r(&moment, &fields)
        self.init(fields)
    }

    /// In a zone with this offset.
    ///
    /// - Parameters:
    ///   - seconds: since 1970.
    ///   - offset: of the time zone, in seconds east of Greenwich.
    public init(_ seconds: Int, offset: Int) {
        var shifted = time_t(seconds + offset)
        var fields = tm()
        gmtime_r(&shifted, &fields)
        self.init(fields)
    }

    init(_ fields: tm) {
        (year, month, day) = (Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday))
        (hour, minute, second) = (Int(fields.tm_hour), Int(fields.tm_min), Int(fields.tm_sec))
        (weekday, dayOfYear) = (Int(fields.tm_wday), Int(fields.tm_yday))
    }
}
