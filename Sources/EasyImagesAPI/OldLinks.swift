// What links mean that the replaced program gave out. Anybody can make one who has tried 2^32 keys, so a link only names a path, and
// only one below the tree of pictures: in front of everything stands the folder's own path, behind it no dot segment and no empty part.

import Disk
import EasyImages
import Media
import Site

/// Reads old links of a site.
public struct OldLinks {
    private let uploadsPath: String
    private let hideKey: String
    private let deletes: LinkCipher?

    public init(_ visit: Visit) throws {
        uploadsPath = visit.settings.naming.uploadsPath
        hideKey = visit.settings.hiding.oldKey
        deletes = try OldLinks.deleteKey(visit.site.data).map { LinkCipher(checksum: $0) }
    }

    /// Whether the site ever gave out delete links of that kind.
    public var knowsDeletes: Bool { deletes != nil }

    /// The path that a delete link names; nil when it names none that a picture can have.
    public func path(deletion token: String) -> StoredPath? { deletes?.path(of: token).flatMap(storedPath) }

    /// The path that a hidden link names, also one from before release 2.7.6.
    public func path(hidden key: String) -> StoredPath? {
        guard !hideKey.isEmpty || deletes != nil else { return nil }
        let cipher = LinkCipher(hideKey: ByteText(hideKey), deletes: deletes)
        return cipher.path(of: key).flatMap(storedPath) ?? cipher.pathBefore276(of: key).flatMap(storedPath)
    }

    /// Whether everybody knows the key of hidden links: it was shipped with every copy of the program.
    public var hideKeyIsPublic: Bool { hideKey == PublicSecrets.hideKey }

    private func storedPath(_ said: ByteText) -> StoredPath? {
        guard said.bytes.starts(with: uploadsPath.utf8), let text = said.text,
              let path = StoredPath(String(decoding: text.utf8.dropFirst(uploadsPath.utf8.count), as: UTF8.self)),
              !DateFolder.isReserved(path) else { return nil }
        return path
    }

    /// Read each time, so that an import counts at once.
    private static func deleteKey(_ data: DataFolder) throws -> UInt32? {
        let kept: Folder
        do { kept = try Folder(data.easyImages) } catch let error as DiskError where error.kind == .missing { return nil }
        guard let digits = try kept.bytes(of: DataFolder.oldDeleteKey, limit: 64) else { return nil }
        return UInt32(String(decoding: digits.filter { $0 > 0x20 }, as: UTF8.self))
    }
}
