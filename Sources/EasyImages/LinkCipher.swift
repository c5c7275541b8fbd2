// The links that the replaced program gave out for deleting and for showing a hidden picture: a stored path, encrypted under 32 bits
// of a secret that is known of everybody whose `hide_key` is still the shipped one. Whoever holds one link can find the key. So what a
// link says is a claim: it decides which file is meant, never whether that may be touched.

import Compression
import Crypto
import Text

/// Reads, and for tests and a return to PHP makes, the `hash` of an old delete link and the `key` of an old hidden link.
public struct LinkCipher: Sendable {
    /// The decimal digits of a CRC-32, zero bytes behind them up to both keys of XTS.
    private let key: [UInt8]

    /// - Parameter checksum: CRC-32 of the secret.
    public init(checksum: UInt32) {
        let digits = Array("\(checksum)".utf8)
        key = digits + [UInt8](repeating: 0, count: 2 * AES128.blockLength - digits.count)
    }

    /// For delete links.
    ///
    /// - Parameter password: as it was stored, 64 hexadecimal digits.
    public init(password: ByteText) { self.init(checksum: CRC32.checksum(password.bytes)) }

    /// For hidden links. A secret whose checksum is 0, such as an empty one, gave links under the key of delete links.
    public init(hideKey: ByteText, deletes: LinkCipher?) {
        let checksum = CRC32.checksum(hideKey.bytes)
        if checksum == 0, let deletes { self = deletes } else { self.init(checksum: checksum) }
    }

    /// - Parameter path: with the folder's own path in front, "/i/2025/07/04/vx77yu-0.jpg".
    /// - Returns: empty for a path of less than 16 bytes, which has no link.
    public func token(of path: ByteText) -> String {
        AES128.encryptXTS(path.bytes, key: key, tweak: LinkCipher.tweak).map { Base64.encode(Array(Base64.encode($0, .standard).utf8), .standard) } ?? ""
    }

    /// What a token says; nil when it says nothing. Any 16 bytes or more say something, mostly no text.
    public func path(of token: String) -> ByteText? {
        LinkCipher.bytes(of: token).flatMap { AES128.decryptXTS($0, key: key, tweak: LinkCipher.tweak) }.map { ByteText($0) }
    }

    /// The same of a link from before release 2.7.6 (March 2023).
    public func pathBefore276(of token: String) -> ByteText? {
        LinkCipher.bytes(of: token).flatMap {
            AES128.decryptCBC($0, key: Array(key.prefix(AES128.blockLength)), start: LinkCipher.tweak)
        }.map { ByteText($0) }
    }

    private static let tweak = Array("sciCuBC7orQtDhTO".utf8)

    /// Longer tokens than of any path that a file system takes say nothing.
    private static let lengthLimit = 8_192

    private static func bytes(of token: String) -> [UInt8]? {
        guard token.utf8.count <= lengthLimit else { return nil }
        return Base64.decode(token.utf8, .standard, .lenient).flatMap { Base64.decode($0, .standard, .lenient) }
    }
}
