// Times are stored as seconds since 1970 and shown in the site's time zone, as EasyImages did. The zone is the process's
// (TZ), set once at start from the settings.

import Glibc

/// A moment in the site's time zone.
public struct SiteTime: Sendable {
    /// Seconds since 1970.
    public let seconds: Int
    public let year: Int
    /// 1...12.
    public let month: Int
    private let day: Int32, hour: Int32, minute: Int32, second: Int32

    public init(_ seconds: Int) {
        var moment = time_t(seconds)
        var fields = tm()
        localtime_r(&moment, &fields)
        self.seconds = seconds
        (year, month, day) = (Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, fields.tm_mday)
        (hour, minute, second) = (fields.tm_hour, fields.tm_min, fields.tm_sec)
    }

    public static var now: SiteTime { SiteTime(time(nil)) }

    /// "2024-04-16 12:00:00", as the API page shows times.
    public var text: String {
        "\(year)-\(SiteTime.two(month))-\(SiteTime.two(day)) \(SiteTime.two(hour)):\(SiteTime.two(minute)):\(SiteTime.two(second))"
    }

    private static func two(_ number: some BinaryInteger) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
