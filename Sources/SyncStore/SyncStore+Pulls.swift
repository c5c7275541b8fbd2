// Reading. The server records which versions it sent to which client, because the base of a later push is inferred from that. It writes
// only if this is new information: a client that polls every second causes no writes.

import Database
import SyncRules

/// The newest version of a file with its opened content.
public struct LatestVersion {
    public let version: StoredVersion
    public let content: KeptContent
    public let openConflicts: Int
}

/// The versions after a given one.
public struct VersionUpdates {
    public let current: Int
    public let updates: [(version: StoredVersion, content: KeptContent?)]
    /// The last version in this response, if there are more.
    public let nextSince: Int?
    /// The client's version is higher than the head, so it is not one of this file.
    public let mustResync: Bool
}

/// Which version is requested.
public enum WantedVersion {
    case latest
    case number(Int)
    /// The version with this content, or the one whose pushed content it was before a merge.
    case hash(ContentHash)
}

/// One version of a file with its opened content.
public struct PulledVersion {
    public let version: StoredVersion
    public let current: Int
    public let content: KeptContent
}

extension SyncStore {
    /// The newest version.
    ///
    /// - Throws: `SyncError.noFile`, also for a deleted file; the deletion is recorded as sent then.
    public func latest(_ key: FileKey, for caller: SyncCaller) throws -> LatestVersion {
        do {
            let latest = try database.read {
                let (file, head) = try liveFile(key, of: caller.accountID)
                guard let contentID = head.contentID else { throw SyncError.noVersion }
                return LatestVersion(version: head, content: try contents.open(contentID), openConflicts: try conflictRows.openCount(of: file.id))
            }
            noteFetch(key, latest.version.number, by: caller)
            return latest
        } catch SyncError.noFile(deleted: true) {
            noteFetch(key, try storedFile(key, of: caller.accountID)?.head ?? 0, by: caller)
            throw SyncError.noFile(deleted: true)
        }
    }

    /// Versions above `since`, ascending, as many as the limits of one response allow.
    ///
    /// - Parameter limit: maximum number of versions.
    public func updates(_ key: FileKey, since: Int, limit: Int, for caller: SyncCaller) throws -> VersionUpdates {
        let updates = try database.read {
            let (file, _) = try liveFile(key, of: caller.accountID)
            let rows = try versionRows.versions(of: file.id, above: since, atMost: min(limit, SyncStore.updatesLimit))
            var left = SyncStore.updatesSizeLimit
            let fitting = rows.enumerated().prefix { index, row in
                left -= row.size
                return left >= 0 || index == 0
            }.map(\.element)
            let last = fitting.last?.number ?? file.head
            return VersionUpdates(current: file.head, updates: try fitting.map { ($0, try $0.contentID.map(contents.open)) },
                                  nextSince: last < file.head ? last : nil, mustResync: since > file.head)
        }
        if !updates.mustResync { noteFetch(key, updates.nextSince ?? updates.current, by: caller) }
        return updates
    }

    /// One version, by number or hash.
    ///
    /// - Throws: `SyncError.noFile`, `.noVersion`.
    public func pull(_ key: FileKey, _ wanted: WantedVersion, for caller: SyncCaller) throws -> PulledVersion {
        let pulled = try database.read {
            guard let file = try storedFile(key, of: caller.accountID) else { throw SyncError.noFile(deleted: false) }
            let found: (number: Int, contentID: Int?)? = switch wanted {
            case .latest: (try liveFile(key, of: caller.accountID).head.number, nil)
            case .number(let number): (number, nil)
            case .hash(let hash): try newest(with: hash, in: file.id)
            }
            guard let found, let version = try version(found.number, of: file.id),
                  let contentID = found.contentID ?? version.contentID else { throw SyncError.noVersion }
            return PulledVersion(version: version, current: file.head, content: try contents.open(contentID))
        }
        // Reading an old version does not mean that the client goes back to it.
        if pulled.version.number == pulled.current, pulled.content.id == pulled.version.contentID {
            noteFetch(key, pulled.current, by: caller)
        }
        return pulled
    }

    /// Records that a version (or a deletion) is sent. Errors are ignored: without the record a later push can only cause more conflicts,
    /// never lose changes.
    private func noteFetch(_ key: FileKey, _ version: Int, by caller: SyncCaller) {
        guard caller.isSent, version > 0, let file = try? storedFile(key, of: caller.accountID) else { return }
        if let device = caller.device {
            try? notePull(device, file, version, caller)
        } else {
            try? noteEvidence(file, version, caller)
        }
    }

    /// The content that was pushed if a version is a merge; nil otherwise.
    public func pushedContent(of version: StoredVersion, _ key: FileKey, account: Int) throws -> KeptContent? {
        guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
        return try versionRows.pushedContent(of: version.number, file.id).map(contents.open)
    }

    private func newest(with hash: ContentHash, in file: Int) throws -> (number: Int, contentID: Int?)? {
        guard let content = try contents.id(of: hash) else { return nil }
        return try versionRows.newest(with: content, in: file).map { ($0, content) }
    }

    /// The recorded version of a device never decreases.
    private func notePull(_ device: DeviceID, _ file: SyncFile, _ version: Int, _ caller: SyncCaller) throws {
        let known = try deviceFile(deviceRows.id(of: device, caller.accountID), file.id)
        let isNews = !known.attributes || version > known.held
        guard isNews || isDue(known.lastPull) else { return }
        try database.write {
            let row = try deviceRows.touch(device, name: nil, of: caller.accountID, at: now())
            let known = try deviceFile(row, file.id)
            // A version that is not newer than the base of its last push is no evidence of what it has now.
            let isNewer = version > known.held
            try deviceRows.notePull(of: row, file.id, held: max(version, known.held), pulled: isNewer || known.pulled, at: now())
        }
    }

    /// Whether the time of the last pull is a minute old.
    private func isDue(_ last: Int?) -> Bool {
        let moment = now()
        return last.map { moment - $0 >= 60 || $0 > moment } ?? true
    }

    /// The same version again is new information only if later versions were created since.
    private func noteEvidence(_ file: SyncFile, _ version: Int, _ caller: SyncCaller) throws {
        guard try fetchRows.head(version, of: file.id, caller.identity) != file.head else { return }
        try database.write { try fetchRows.note(version, of: file.id, caller.identity, head: file.head, at: now()) }
    }
}
