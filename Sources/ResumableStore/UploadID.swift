// The id in an upload's address is all that a visitor's upload is protected by, so it is as secret as a session: the database and the file
// system know its digest only.

import Crypto
import Text

/// The id of a resumable upload: 128 bits that nobody can guess, as 32 hexadecimal digits.
public struct UploadID: Sendable {
    public let text: String

    private static let length = 16

    /// nil unless it has the form of an id.
    public init?(_ text: String) {
        guard Hexadecimal.decode(text, inLowerCase: true)?.count == UploadID.length else { return nil }
        self.text = text
    }

    private init(_ bytes: [UInt8]) { text = Hexadecimal.encode(bytes) }

    public static func random() -> UploadID { UploadID(RandomBytes.make(length)) }

    /// The id for a sender's Idempotency-Key: always the same one, so that a repeated request finds the upload, and known to nobody
    /// without the site's secret.
    static func derived(from key: String, of sender: String, secret: [UInt8]) -> UploadID {
        UploadID(Array(HMACSHA256.authenticate(Array("upload \(sender)\n\(key)".utf8), key: secret).prefix(length)))
    }

    /// How the database and the file system know it.
    var digest: [UInt8] { SHA256.hash(Array(text.utf8)) }
}
