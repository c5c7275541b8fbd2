// Where the C library finds the rules of a time zone.

import Disk

/// The files of the tz database.
public enum TimeZoneFile {
    public static func path(_ zone: String) -> String { "/usr/share/zoneinfo/\(zone)" }

    /// Whether this machine knows a time zone; it knows its own, whose name is empty.
    public static func exists(_ zone: String) -> Bool { zone.isEmpty || FileStatus(at: path(zone))?.kind == .file }
}
