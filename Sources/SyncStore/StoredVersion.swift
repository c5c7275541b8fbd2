// Files and versions as callers of this module see them.

import Database
import SyncRules

/// A synchronized file.
struct SyncFile {
    let id: Int
    /// The newest version's number.
    let head: Int
}

/// One version of a file.
public struct StoredVersion {
    public let number: Int
    /// nil for a deletion.
    public let hash: ContentHash?
    /// The hash of the previous version; nil for the first version and after a deletion.
    public let parentHash: ContentHash?
    public let deviceID: String
    /// The device's current name; empty if it has none or was removed.
    public let deviceName: String
    public let message: String
    /// Size of the content in bytes.
    public let size: Int
    /// Seconds since 1970.
    public let createdAt: Int
    /// Whether the content is a merge and not the pushed content.
    public let isMerged: Bool
    let contentID: Int?

    /// Whether the version is a deletion of the file.
    public var isDeletion: Bool { hash == nil }
    /// Whether its content was dropped by the retention setting.
    public var isGivenUp: Bool { hash != nil && contentID == nil }

    init(_ row: Row) throws {
        number = row.integer(0)
        hash = try ContentHash(row: row, 1)
        parentHash = try ContentHash(row: row, 2)
        deviceID = row.text(3)
        deviceName = row.text(4)
        message = row.text(5)
        size = row.integer(6)
        createdAt = row.integer(7)
        isMerged = row.integer(8) != 0
        contentID = row.optionalInteger(9)
    }
}

extension SyncStore {
    func storedFile(_ key: FileKey, of account: Int) throws -> SyncFile? { try versionRows.file(key, of: account) }

    /// A file whose newest version is not a deletion.
    func liveFile(_ key: FileKey, of account: Int) throws -> (file: SyncFile, head: StoredVersion) {
        guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
        guard let head = try version(file.head, of: file.id), !head.isDeletion else { throw SyncError.noFile(deleted: true) }
        return (file, head)
    }

    func version(_ number: Int, of file: Int) throws -> StoredVersion? { try versionRows.version(number, of: file) }
}
