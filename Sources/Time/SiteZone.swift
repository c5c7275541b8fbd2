// The site's time zone is that of the process (TZ), set once at start from the settings.

import Glibc

public enum SiteZone {
    /// Sets the time zone of the process to one of the tz database; an empty name keeps the current one.
    public static func enter(_ name: String) {
        if !name.isEmpty { setenv("TZ", name, 1) }
        tzset()
    }

    /// The zone at a time in seconds since 1970: seconds east of Greenwich, abbreviation, and whether daylight saving time applies.
    public static func state(at seconds: Int) -> (offset: Int, name: String, isSummer: Bool) {
        var moment = time_t(seconds)
        var fields = tm()
        localtime_r(&moment, &fields)
        return (fields.tm_gmtoff, fields.tm_zone.map { String(cString: $0) } ?? "", fields.tm_isdst > 0)
    }
}
