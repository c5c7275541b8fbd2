// EasyImages' links for deleting and for showing a hidden picture: a stored path, encrypted with 32 bits of a secret, which is
// public for every site whose `hide_key` still has its default. Anyone with one link can find the key. So a link only
// identifies a file; it never authorizes anything.

import Compression
import Crypto
import Text

/// Decrypts, and for tests and exports encrypts, the `hash` of an old delete link and the `key` of an old hidden link.
public struct LinkCipher: Sendable {
    /// The decimal digits of a CRC-32, padded with zero bytes to the length of both XTS keys.
    private let key: [UInt8]

    /// - Parameter checksum: CRC-32 of the secret.
    public init(checksum: UInt32) {
        let digits = Array("\(checksum)".utf8)
        key = digits + [UInt8](repeating: 0, count: 2 * AES128.blockLength - digits.count)
    }

    /// For delete links.
    ///
    /// - Parameter password: as stored: 64 hexadecimal digits.
    public init(password: ByteText) { self.init(checksum: CRC32.checksum(password.bytes)) }

    /// For hidden links. If the secret's checksum is 0, as for an empty one, EasyImages used the key of delete links.
    public init(hideKey: ByteText, deletes: LinkCipher?) {
        let checksum = CRC32.checksum(hideKey.bytes)
        if checksum == 0, let deletes { self = deletes } else { self.init(checksum: checksum) }
    }

    /// - Parameter path: including the picture folder: "/i/2025/07/04/vx77yu-0.jpg".
    /// - Returns: empty for a path of less than 16 bytes, which has no link.
    public func token(of path: ByteText) -> String {
        AES128.encryptXTS(path.bytes, key: key, tweak: LinkCipher.tweak).map { Base64.encode(Array(Base64.encode($0, .standard).utf8), .standard) } ?? ""
    }

    /// Decrypts a token; nil if it is malformed. Any token of 16 bytes or more decrypts to something, mostly not text.
    public func path(of token: String) -> ByteText? {
        LinkCipher.bytes(of: token).flatMap { AES128.decryptXTS($0, key: key, tweak: LinkCipher.tweak) }.map { ByteText($0) }
    }

    /// The same for a link from before release 2.7.6 (March 2023).
    public func pathBefore276(of token: String) -> ByteText? {
        LinkCipher.bytes(of: token).flatMap {
            AES128.decryptCBC($0, key: Array(key.prefix(AES128.blockLength)), start: LinkCipher.tweak)
        }.map { ByteText($0) }
    }

    private static let tweak = Array("sciCuBC7orQtDhTO".utf8)

    /// Longer tokens are rejected: no file system has such long paths.
    private static let lengthLimit = 8_192

    private static func bytes(of token: String) -> [UInt8]? {
        guard token.utf8.count <= lengthLimit else { return nil }
        return Base64.decode(token.utf8, .standard, .lenient).flatMap { Base64.decode($0, .standard, .lenient) }
    }
}
