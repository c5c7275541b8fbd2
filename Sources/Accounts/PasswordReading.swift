// The possible meanings of the text in a password field: a password, or a digest that a login page computed.

/// One interpretation of the text in a password field.
struct PasswordReading {
    let digest: PasswordDigest
    /// False if the text is a digest, as EasyImages' pages send it. Anyone who reads an old settings file knows that digest, so it is
    /// accepted only for accounts with `takesDigest`.
    let isPlain: Bool

    /// A digest, a password, or a password as EasyImages' pages hash it: characters beyond U+FFFF in six bytes (CESU-8, Unicode Technical
    /// Report 26).
    static func all(of typed: String) -> [PasswordReading] {
        guard !typed.isEmpty else { return [] }
        var readings = [PasswordReading(digest: PasswordDigest(ofAny: typed), isPlain: true)]
        if let sent = PasswordDigest(hexadecimal: typed) { readings.insert(PasswordReading(digest: sent, isPlain: false), at: 0) }
        if typed.unicodeScalars.contains(where: { $0.value > 0xFFFF }) {
            readings.append(PasswordReading(digest: PasswordDigest(hashing: typed.utf16.flatMap(threeBytes)), isPlain: true))
        }
        return readings
    }

    /// A UTF-16 code unit (also a surrogate) encoded as UTF-8 encodes that number.
    private static func threeBytes(_ unit: UInt16) -> [UInt8] {
        switch unit {
        case 0..<0x80: [UInt8(unit)]
        case 0x80..<0x800: [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
        default: [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
        }
    }
}
