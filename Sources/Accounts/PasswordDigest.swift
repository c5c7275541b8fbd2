// Browsers of the replaced program's users never send a password: their pages send its SHA-256, and that is what was stored.
// So that those passwords go on working, every password is stored as a slow salted hash of its SHA-256 in hexadecimal.

import Crypto

/// The lower-case hexadecimal SHA-256 of a password.
public struct PasswordDigest: Sendable {
    private let text: String

    /// - Returns: nil for a password that no account may have.
    public init?(of password: String) {
        guard Accounts.passwordLength.contains(password.utf8.count), !password.utf8.contains(0) else { return nil }
        self.init(ofAny: password)
    }

    /// The digest of what somebody typed, however short: an imported password may be shorter than a new one may be.
    public init(ofAny password: String) {
        self.init(hashing: Array(password.utf8))
    }

    /// A digest as another program stored it or a login page sent it: 64 hexadecimal digits in lower case.
    public init?(hexadecimal: String) {
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy({
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }) else { return nil }
        text = hexadecimal
    }

    /// What somebody may have meant who typed this, or whose login page sent it: a digest, or a password, which the replaced
    /// program's pages digested with characters beyond U+FFFF in six bytes (CESU-8, Unicode Technical Report 26).
    static func readings(of typed: String) -> [PasswordDigest] {
        guard !typed.isEmpty else { return [] }
        var readings = [PasswordDigest(ofAny: typed)]
        if let sent = PasswordDigest(hexadecimal: typed) { readings.insert(sent, at: 0) }
        if typed.unicodeScalars.contains(where: { $0.value > 0xFFFF }) {
            let bytes = typed.utf16.flatMap(threeBytes)
            readings.append(PasswordDigest(hashing: bytes))
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

    private init(hashing bytes: [UInt8]) { text = Hexadecimal.encode(SHA256.hash(bytes)) }

    func slowHash() throws -> String {
        guard let hash = PasswordHash.make(text) else { throw AccountsError.badPassword }
        return hash.text
    }

    func opens(_ stored: String) -> Bool { PasswordHash(stored: stored).verify(text) }
}
