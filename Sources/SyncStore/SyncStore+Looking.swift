// What a person looks at. None of it counts as sent to a device: what was seen on a page is no base of a push.

import Database
import JSONText
import SyncRules

extension SyncStore {
    /// The account's files in the order of their keys, deleted ones too.
    public func files(of account: Int, page: Paging) throws -> SyncFilePage { try database.read { try versionRows.page(page, of: account) } }

    /// - Throws: `SyncError.noFile`.
    public func file(_ key: FileKey, of account: Int) throws -> SyncFileSummary {
        guard let file = try versionRows.summary(of: key, account) else { throw SyncError.noFile(deleted: false) }
        return file
    }

    /// One version with its content.
    ///
    /// - Throws: `SyncError.noFile`, `.noVersion`.
    public func look(at wanted: WantedVersion, of key: FileKey, _ account: Int) throws -> PulledVersion {
        try database.read { try opened(wanted, key, of: account) }
    }

    /// Two versions, to be compared.
    ///
    /// - Throws: `SyncError.noFile`, `.noVersion`.
    public func pair(from: Int, to: Int, of key: FileKey, _ account: Int) throws -> VersionPair {
        let (before, after) = try database.read { try (opened(.number(from), key, of: account), opened(.number(to), key, of: account)) }
        return VersionPair(before: try before.content.text(newDraft: newDraft), after: try after.content.text(newDraft: newDraft))
    }

    /// - Throws: `SyncError.noConflict`.
    public func conflict(_ id: Int, of account: Int) throws -> StoredConflict {
        guard let conflict = try conflictRows.conflict(id), conflict.account == account else { throw SyncError.noConflict }
        return conflict
    }

    /// The version that a conflict was resolved by; nil while it is open.
    public func resolvingVersion(of conflict: StoredConflict) throws -> StoredVersion? {
        try conflict.resolvedVersion.flatMap { try version($0, of: conflict.file) }
    }
}

/// The contents of two versions.
public struct VersionPair {
    let before: HeldText
    let after: HeldText

    /// Calls `found` for each place at which they differ, until it returns false.
    ///
    /// - Throws: `Difference.TooLarge`; whatever `found` throws.
    public func eachChange(_ found: @escaping (Difference.Change) throws -> Bool) throws { try Difference.each(from: before, to: after, found) }
}
