// Browsers of the replaced program's users never send a password: their pages send its SHA-256, and that is what was stored.
// So that those passwords go on working, every password is stored as a slow salted hash of its SHA-256 in hexadecimal.

import Crypto
import Text

/// The lower-case hexadecimal SHA-256 of a password.
public struct PasswordDigest: Hashable, Sendable {
    private let text: String

    /// The digest of any password, however short or long: an imported one may be shorter than one that is chosen here.
    public init(ofAny password: String) { self.init(hashing: Array(password.utf8)) }

    /// A digest as another program stored it or a login page sent it: 64 hexadecimal digits in lower case.
    public init?(hexadecimal: String) {
        guard hexadecimal.utf8.count == 64, Hexadecimal.decode(hexadecimal, inLowerCase: true) != nil else { return nil }
        text = hexadecimal
    }

    init(hashing bytes: [UInt8]) { text = Hexadecimal.encode(SHA256.hash(bytes)) }

    func slowHash() throws -> String {
        guard let hash = PasswordHash.make(text) else { throw AccountsError.noHash }
        return hash.text
    }

    func opens(_ stored: String) -> Bool { PasswordHash(stored: stored).verify(text) }
}
