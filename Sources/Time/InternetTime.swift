// Times for other programs (RFC 3339), which do not know the site's time zone.

import Text

public enum InternetTime {
    /// "2026-11-27T05:00:00Z".
    ///
    /// - Parameter seconds: since 1970.
    public static func text(_ seconds: Int) -> String {
        let fields = CalendarFields(seconds, offset: 0)
        return "\(fields.year.padded(to: 4))-\(fields.month.padded(to: 2))-\(fields.day.padded(to: 2))T"
            + "\(fields.hour.padded(to: 2)):\(fields.minute.padded(to: 2)):\(fields.second.padded(to: 2))Z"
    }
}
