// Where the C library finds the rules of a time zone.

import Disk

/// The files of the tz database.
public enum TimeZoneFile {
    /// How each begins (RFC 8536, section 3.1). Beside the zones lie texts about them, such as `leapseconds`: the C library would take one for
    /// UTC, without a word.
    private static let magic = Array("TZif".utf8)

    public static func path(_ zone: String) -> String { "/usr/share/zoneinfo/\(zone)" }

    /// Whether this machine knows a time zone; it knows its own, whose name is empty.
    public static func exists(_ zone: String) -> Bool { zone.isEmpty || start(of: path(zone)) == magic }

    private static func start(of path: String) -> [UInt8]? {
        guard let file = try? File(at: path) else { return nil }
        var bytes = magic.map { _ in UInt8(0) }
        _ = try? bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return bytes
    }
}
