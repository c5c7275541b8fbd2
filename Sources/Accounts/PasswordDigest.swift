// EasyImages' login pages send the SHA-256 of a password, and EasyImages stores that. So that those passwords stay valid, this program
// stores a slow salted hash of the hexadecimal SHA-256 of each password.

import Crypto
import Text

/// The lower-case hexadecimal SHA-256 of a password.
public struct PasswordDigest: Hashable, Sendable {
    private let text: String

    /// The digest of a password of any length: imported ones may be shorter than the minimum for new ones.
    public init(ofAny password: String) { self.init(hashing: Array(password.utf8)) }

    /// A digest that another program stored or a login page sent: 64 hexadecimal digits in lower case.
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
