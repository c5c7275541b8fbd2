// Scripts, styles and icons of the pages are addressed with a digest of all of them, so that browsers may keep them for a year: an upgrade
// changes the address.

import Crypto
import Disk
import Text

/// The digest in the addresses of `htdocs/assets/`.
public enum AssetsDigest {
    /// Maximum bytes of a file.
    private static let limit = 4 << 20

    /// The first eight hexadecimal digits of SHA-256 over names and contents, in the order of the names' bytes.
    ///
    /// - Parameter path: a folder of regular files. Hidden ones do not count, because no web server sends them.
    /// - Returns: nil if there is no such folder.
    /// - Throws: `DiskError`; EFBIG for a file of more than 4 MB.
    public static func of(_ path: String) throws -> String? {
        guard FileSystem.exists(path) else { return nil }
        let folder = try Folder(path)
        let digest = SHA256()
        for name in try folder.entries().filter({ !$0.hasPrefix(".") }).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let content = try folder.bytes(of: name, limit: limit) ?? []
            // (No two folders give the same bytes: a name holds no NUL, and the length says where the content ends.)
            digest.update(Array("\(name)\0\(content.count)\0".utf8) + content)
        }
        return Hexadecimal.encode(Array(digest.finish().prefix(4)))
    }
}
