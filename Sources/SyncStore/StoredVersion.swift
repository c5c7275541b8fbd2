// Files and versions as the rest of the program sees them.

import SQLite
import SyncRules

/// A synchronised file.
struct StoredFile {
    let id: Int
    /// The newest version's number.
    let head: Int

    /// The newest version of the row `f`.
    static let head = "(SELECT MAX(version) FROM sync_version WHERE file_id = f.id)"
}

/// One version of a file.
public struct StoredVersion {
    public let number: Int
    /// nil for a deletion.
    public let hash: ContentHash?
    /// Of the version before; nil for the first one, and behind a deletion.
    public let parentHash: ContentHash?
    public let deviceID: String
    /// The device's name now; empty when it has none, or was forgotten.
    public let deviceName: String
    public let message: String
    /// Bytes of the content.
    public let size: Int
    /// Seconds since 1970.
    public let createdAt: Int
    /// Whether the content is more than what was pushed.
    public let isMerged: Bool
    let contentID: Int?

    /// Whether the version says that the file is gone.
    public var isDeletion: Bool { hash == nil }
    /// Whether its content was given up by a retention.
    public var isGivenUp: Bool { hash != nil && contentID == nil }

    static let query = """
        SELECT v.version, v.hash, p.hash, v.device_id, COALESCE(d.name, ''), v.message, v.size, v.created_at, v.pushed_id IS NOT NULL,
               v.content_id
        FROM sync_version v JOIN sync_file f ON f.id = v.file_id
        LEFT JOIN sync_version p ON p.file_id = v.file_id AND p.version = v.version - 1
        LEFT JOIN sync_device d ON d.account_id = f.account_id AND d.device_id = v.device_id

        """

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
    func storedFile(_ key: FileKey, of account: Int) throws -> StoredFile? {
        try database.first(
            "SELECT id, \(StoredFile.head) FROM sync_file f WHERE account_id = ? AND file_key = ?", account, key.text
        ) { StoredFile(id: $0.integer(0), head: $0.integer(1)) }.flatMap { $0.head > 0 ? $0 : nil }
    }

    /// A file whose newest version is no deletion.
    func liveFile(_ key: FileKey, of account: Int) throws -> (file: StoredFile, head: StoredVersion) {
        guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
        guard let head = try version(file.head, of: file.id), !head.isDeletion else { throw SyncError.noFile(deleted: true) }
        return (file, head)
    }

    func version(_ number: Int, of file: Int) throws -> StoredVersion? {
        try database.first(StoredVersion.query + "WHERE v.file_id = ? AND v.version = ?", file, number) { try StoredVersion($0) }
    }

    /// A version as the rules see it; nil where there is none.
    func known(_ number: Int, of file: Int) throws -> (version: KnownVersion, contentID: Int?)? {
        try database.first("SELECT hash, content_id FROM sync_version WHERE file_id = ? AND version = ?", file, number) {
            (KnownVersion(number, try ContentHash(row: $0, 0)), $0.optionalInteger(1))
        }
    }
}
