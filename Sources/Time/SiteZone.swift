// The site's time zone is the process's (TZ): it is set once at the start, from the settings.

import Glibc

public enum SiteZone {
    /// Makes a time zone of the tz database that of this process; empty leaves it as it is.
    public static func enter(_ name: String) {
        if !name.isEmpty { setenv("TZ", name, 1) }
        tzset()
    }

    /// What holds at a moment, in seconds since 1970: seconds east of Greenwich, the zone's short name, and whether it is summer time.
    public static func state(at seconds: Int) -> (offset: Int, name: String, isSummer: Bool) {
        var moment = time_t(seconds)
        var fields = tm()
        localtime_r(&moment, &fields)
        return (fields.tm_gmtoff, fields.tm_zone.map { String(cString: $0) } ?? "", fields.tm_isdst > 0)
    }
}
