// The line of a file's versions, newest first.

import SQLite
import SyncRules

/// One page of a file's versions.
public struct HistoryPage {
    /// The number of versions, as they have no gaps.
    public let current: Int
    public let versions: [StoredVersion]
}

/// A file of an account, for lists.
public struct SyncFileSummary {
    public let account: String
    public let key: String
    public let current: Int
    public let isDeleted: Bool
    /// Bytes of the newest content.
    public let size: Int
    /// Seconds since 1970.
    public let updatedAt: Int
    public let openConflicts: Int
}

extension SyncStore {
    /// A page is found by its numbers alone, so the hundredth costs what the first does.
    ///
    /// - Throws: `SyncError.noFile`; a deleted file still has its history.
    public func history(_ key: FileKey, of account: Int, page: Page) throws -> HistoryPage {
        try database.read {
            guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
            let top = file.head - page.offset
            let versions = try database.all(
                StoredVersion.query + "WHERE v.file_id = ? AND v.version <= ? AND v.version > ? ORDER BY v.version DESC",
                file.id, top, max(top - page.size, 0)) { try StoredVersion($0) }
            return HistoryPage(current: file.head, versions: versions)
        }
    }

    /// All files, or those of one account, by account and key.
    public func files(of account: String? = nil) throws -> [SyncFileSummary] {
        try database.all(
            """
            SELECT a.name, f.file_key, v.version, v.kind = 1, v.size, v.created_at,
                   (SELECT COUNT(*) FROM sync_conflict c WHERE c.file_id = f.id AND c.resolution IS NULL)
            FROM sync_file f JOIN account a ON a.id = f.account_id JOIN sync_version v ON v.file_id = f.id AND v.version = \(StoredFile.head)
            WHERE ?1 IS NULL OR a.name = ?1 ORDER BY a.name, f.file_key
            """, account) { row in
            SyncFileSummary(account: row.text(0), key: row.text(1), current: row.integer(2), isDeleted: row.integer(3) != 0,
                            size: row.integer(4), updatedAt: row.integer(5), openConflicts: row.integer(6))
        }
    }
}
