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
        text = Hexadecimal.encode(SHA256.hash(Array(password.utf8)))
    }

    /// A digest as another program stored it or a login page sent it: 64 hexadecimal digits in lower case.
    public init?(hexadecimal: String) {
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy({
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }) else { return nil }
        text = hexadecimal
    }

    func slowHash() throws -> String {
        guard let hash = PasswordHash.make(text) else { throw AccountsError.badPassword }
        return hash.text
    }

    func opens(_ stored: String) -> Bool { PasswordHash(stored: stored).verify(text) }
}
