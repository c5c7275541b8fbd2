// What somebody may have meant who typed this as a password, or whose login page sent it.

/// One way to read what came as a password.
struct PasswordReading {
    let digest: PasswordDigest
    /// False for a digest in the place of a password, as the replaced program's pages send it. Whoever reads one in an old settings file
    /// could send it too, so it opens only the accounts that say so.
    let isPlain: Bool

    /// A digest, or a password, which the replaced program's pages digested with characters beyond U+FFFF in six bytes (CESU-8, Unicode
    /// Technical Report 26).
    static func all(of typed: String) -> [PasswordReading] {
        guard !typed.isEmpty else { return [] }
        var readings = [PasswordReading(digest: PasswordDigest(ofAny: typed), isPlain: true)]
        if let sent = PasswordDigest(hexadecimal: typed) { readings.insert(PasswordReading(digest: sent, isPlain: false), at: 0) }
        if typed.unicodeScalars.contains(where: { $0.value > 0xFFFF }) {
            readings.append(PasswordReading(digest: PasswordDigest(hashing: typed.utf16.flatMap(threeBytes)), isPlain: true))
        }
        return readings
    }

    /// A UTF-16 unit, surrogates too, as UTF-8 writes a character of that number.
    private static func threeBytes(_ unit: UInt16) -> [UInt8] {
        switch unit {
        case 0..<0x80: [UInt8(unit)]
        case 0x80..<0x800: [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
        default: [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
        }
    }
}
