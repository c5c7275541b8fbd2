// The version history of a file, newest first.

import Database
import SyncRules

/// One page of a file's versions.
public struct HistoryPage {
    /// The newest version's number, which is also the number of versions.
    public let current: Int
    public let versions: [StoredVersion]
}

/// A file of an account in a list.
public struct SyncFileSummary {
    public let account: String
    public let key: String
    public let current: Int
    public let isDeleted: Bool
    /// Size of the newest content in bytes.
    public let size: Int
    /// Seconds since 1970.
    public let updatedAt: Int
    public let openConflicts: Int

    init(_ row: Row) {
        (account, key, current) = (row.text(0), row.text(1), row.integer(2))
        isDeleted = VersionKind(rawValue: row.integer(3)) == .deletion
        (size, updatedAt, openConflicts) = (row.integer(4), row.integer(5), row.integer(6))
    }
}

/// One page of an account's files, and the number of files on all pages.
public struct SyncFilePage {
    public let files: [SyncFileSummary]
    public let total: Int
}

extension SyncStore {
    /// Pages are found by version numbers, so all pages cost the same.
    ///
    /// - Throws: `SyncError.noFile`; a deleted file still has a history.
    public func history(_ key: FileKey, of account: Int, page: Paging) throws -> HistoryPage {
        try database.read {
            guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
            let top = file.head - page.offset
            let versions = try versionRows.versions(of: file.id, above: max(top - page.size, 0), upTo: top)
            return HistoryPage(current: file.head, versions: versions)
        }
    }

    /// All files, or those of one account, ordered by account and key.
    public func files(of account: String? = nil) throws -> [SyncFileSummary] { try versionRows.summaries(of: account) }
}
