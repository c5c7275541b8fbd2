// The line of a file's versions, newest first.

import Database
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
            let versions = try versionRows.versions(of: file.id, above: max(top - page.size, 0), upTo: top)
            return HistoryPage(current: file.head, versions: versions)
        }
    }

    /// All files, or those of one account, by account and key.
    public func files(of account: String? = nil) throws -> [SyncFileSummary] { try versionRows.summaries(of: account) }
}
