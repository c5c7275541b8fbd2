// Reading: the newest version, those above one, or a given one.

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
    /// - Parameter condition: of the content that the client says to have; such a content is not sent.
    /// - Throws: `SyncError.noFile`, also for a deleted file; the deletion is recorded as sent then.
    public func latest(_ key: FileKey, unless condition: PushFacts.Condition? = nil, for caller: SyncCaller) throws -> LatestVersion {
        let latest = try reading(key, for: caller) {
            let (file, head) = try liveFile(key, of: caller.accountID)
            guard let contentID = head.contentID else { throw SyncError.noVersion(.expired) }
            return LatestVersion(version: head, content: try contents.open(contentID), openConflicts: try conflictRows.openCount(of: file.id))
        }
        note(sent(latest.version, latest.content, unless: condition), of: key, to: caller)
        return latest
    }

    /// Reads one state of a file. That it is deleted is an answer that is recorded as sent.
    private func reading<Value>(_ key: FileKey, for caller: SyncCaller, _ body: () throws -> Value) throws -> Value {
        do {
            return try database.read(body)
        } catch SyncError.noFile(deleted: true) {
            note(.newest(try storedFile(key, of: caller.accountID)?.head ?? 0), of: key, to: caller)
            throw SyncError.noFile(deleted: true)
        }
    }

    /// What is sent of the newest version.
    private func sent(_ head: StoredVersion, _ content: KeptContent, unless condition: PushFacts.Condition?) -> SentVersion {
        condition?.holds(for: content.hash) == true ? .matching(KnownVersion(head.number, content.hash)) : .newest(head.number)
    }

    /// Versions above `since`, ascending, as many as the limits of one response allow.
    ///
    /// - Parameter limit: maximum number of versions.
    public func updates(_ key: FileKey, since: Int, limit: Int, for caller: SyncCaller) throws -> VersionUpdates {
        let updates = try reading(key, for: caller) {
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
        // Who is sent no version says that it has the newest one, which shows nothing: it may know only the number, from the answer to a push.
        if !updates.mustResync { note(SyncStore.sent(updates), of: key, to: caller) }
        return updates
    }

    private static func sent(_ updates: VersionUpdates) -> SentVersion {
        guard let last = updates.updates.last, last.content != nil || last.version.isDeletion else { return .nothing }
        return .newest(last.version.number)
    }

    /// One version, by number or hash.
    ///
    /// - Parameter condition: as for `latest`.
    /// - Throws: `SyncError.noFile`, `.noVersion`.
    public func pull(_ key: FileKey, _ wanted: WantedVersion, unless condition: PushFacts.Condition? = nil, for caller: SyncCaller) throws
        -> PulledVersion {
        let pulled = try reading(key, for: caller) { try opened(wanted, key, of: caller.accountID) }
        if pulled.content.id == pulled.version.contentID {
            let isHead = pulled.version.number == pulled.current
            let isSent = condition?.holds(for: pulled.content.hash) != true
            note(isHead ? sent(pulled.version, pulled.content, unless: condition) : isSent ? .old(pulled.version.number) : .nothing, of: key, to: caller)
        }
        return pulled
    }

    /// - Throws: `SyncError.noFile`, `.noVersion`.
    func opened(_ wanted: WantedVersion, _ key: FileKey, of account: Int) throws -> PulledVersion {
        guard let file = try storedFile(key, of: account) else { throw SyncError.noFile(deleted: false) }
        let (version, contentID) = try find(wanted, key, file, account)
        return PulledVersion(version: version, current: file.head, content: try contents.open(contentID))
    }

    private func find(_ wanted: WantedVersion, _ key: FileKey, _ file: SyncFile, _ account: Int) throws -> (StoredVersion, contentID: Int) {
        let found: (number: Int, contentID: Int?)? = switch wanted {
        case .latest: (try liveFile(key, of: account).head.number, nil)
        case .number(let number): (number, nil)
        case .hash(let hash): try newest(with: hash, in: file.id)
        }
        guard let found, let version = try version(found.number, of: file.id) else {
            guard case .hash(let hash) = wanted, try versionRows.has(hash, file.id) else { throw SyncError.noVersion(.unknown) }
            throw SyncError.noVersion(.expired)
        }
        guard let contentID = found.contentID ?? version.contentID else { throw SyncError.noVersion(version.isDeletion ? .deleted : .expired) }
        return (version, contentID)
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
}
