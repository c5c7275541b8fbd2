// Resolution of a conflict by a user. The chosen content becomes a new version. If the head has changed since the merge, the choice is
// merged into it and wins over overlapping changes.

import Crypto
import Database
import Disk
import JSONText
import SyncRules

/// How a user resolves a conflict.
public struct Resolution {
    public enum Action: String, CaseIterable, Sendable {
        case keepLocal = "resolve_keep_local", keepRemote = "resolve_keep_remote", custom = "resolve_custom"
    }

    public let conflict: Int
    public let action: Action
    /// The content for `.custom`.
    public let content: Document?

    public init(conflict: Int, action: Action, content: Document?) {
        self.conflict = conflict
        self.action = action
        self.content = content
    }
}

/// The result of a resolution.
public struct ResolutionOutcome {
    public let fileKey: String
    public let version: Int
    /// nil if a deletion was chosen.
    public let hash: ContentHash?
    /// The conflict in which the choice won over changes made after the merge, if any.
    public let conflict: StoredConflict?
    /// Whether the version has another content than was chosen, because the head had changed.
    public let isContentChanged: Bool
}

extension SyncStore {
    /// Resolves a conflict. Idempotent: repeating the same resolution returns the same result.
    ///
    /// - Throws: `SyncError.noConflict`, `.alreadyResolved`, `.invalid`.
    public func resolve(_ resolution: Resolution, by caller: SyncCaller) throws -> ResolutionOutcome {
        try retrying {
            guard let conflict = try conflictRows.conflict(resolution.conflict), conflict.account == caller.accountID else {
                throw SyncError.noConflict
            }
            let choice = try chosen(resolution, conflict)
            if conflict.resolution != nil { return try earlier(resolution, choice, conflict) }
            return try carryOut(resolution, choice, conflict, caller)
        }
    }

    /// The chosen content; nil for a deletion.
    private func chosen(_ resolution: Resolution, _ conflict: StoredConflict) throws -> Document? {
        switch resolution.action {
        case .keepLocal: return try document(conflict.localID)
        case .keepRemote:
            let remote = try versionRows.known(conflict.remoteVersion, of: conflict.file)
            if remote?.version.content != nil, remote?.contentID == nil { throw SyncError.noVersion(.expired) }
            return try document(remote?.contentID)
        case .custom:
            guard let content = resolution.content else { throw SyncError.invalid("content") }
            return content
        }
    }

    private func document(_ content: Int?) throws -> Document? {
        guard let content else { return nil }
        let kept = try contents.open(content)
        return Document(hash: kept.hash, text: try kept.text(newDraft: newDraft))
    }

    private func earlier(_ resolution: Resolution, _ choice: Document?, _ conflict: StoredConflict) throws -> ResolutionOutcome {
        guard conflict.resolution == resolution.action.rawValue, conflict.choice == choice?.hash.bytes ?? [] else {
            throw SyncError.alreadyResolved
        }
        let version = conflict.resolvedVersion ?? 0
        let hash = try versionRows.known(version, of: conflict.file)?.version.content
        return ResolutionOutcome(fileKey: conflict.fileKey, version: version, hash: hash, conflict: nil, isContentChanged: hash != choice?.hash)
    }

    /// - Returns: nil if the head changed meanwhile.
    private func carryOut(_ resolution: Resolution, _ choice: Document?, _ conflict: StoredConflict, _ caller: SyncCaller) throws
        -> ResolutionOutcome? {
        guard let head = try headVersion(of: conflict.file) else { throw SyncError.noConflict }
        let merge = try head.version.number == conflict.savedVersion ? nil : self.merge(choice, into: head, from: conflict)
        let prepared = try choice.map(contents.prepare)
        let merged = try merge?.merged.map { try prepare($0) }
        return try database.write(.sync(account: conflict.account, key: conflict.fileKey)) {
            guard try headVersion(of: conflict.file)?.version.number == head.version.number,
                  try conflictRows.conflict(conflict.id)?.resolution == nil else { return nil }
            return try write(resolution, prepared, merged, merge, over: head.version, conflict, caller)
        }
    }

    private func headVersion(of file: Int) throws -> (version: KnownVersion, contentID: Int?)? {
        guard let number = try versionRows.headNumber(of: file) else { return nil }
        return try versionRows.known(number, of: file)
    }

    /// nil if there is nothing to merge because a side is a deletion.
    private func merge(_ choice: Document?, into head: (version: KnownVersion, contentID: Int?), from conflict: StoredConflict) throws
        -> Merge? {
        guard let choice, let headDocument = try document(head.contentID) else { return nil }
        let saved = try versionRows.known(conflict.savedVersion, of: conflict.file)
        return try Merge.threeWay(base: document(saved?.contentID)?.text, head: headDocument.text, push: choice.text, prefer: .push)
    }

    private func write(_ resolution: Resolution, _ choice: PreparedContent?, _ merged: PreparedContent?, _ merge: Merge?,
                       over head: KnownVersion, _ conflict: StoredConflict, _ caller: SyncCaller) throws -> ResolutionOutcome {
        let moment = now()
        let content = merged ?? choice
        let choiceID = try choice.map { try contents.keep($0, at: moment) }
        let contentID = try merged.map { try contents.keep($0, at: moment) } ?? choiceID
        var version = head.number
        // A resolution creates a version even if the content is equal, so that the history shows it; a deleted file is not deleted again.
        if content != nil || head.content != nil {
            version += 1
            try versionRows.insert(NewRow(file: conflict.file, version: version, content: content.flatMap { kept in contentID.map { ($0, kept.hash, kept.size) } },
                              pushed: merged == nil ? nil : choiceID, device: caller.device?.text ?? "",
                              message: "Resolved conflict \(conflict.id): \(resolution.action.rawValue)"), at: moment)
        }
        try conflictRows.resolve(conflict.id, resolution.action, choice?.hash.bytes ?? [], as: version, at: moment)
        let newConflict = try recordLoss(merge, over: head, choiceID, conflict, caller, savedAs: version, at: moment)
        return ResolutionOutcome(fileKey: conflict.fileKey, version: version, hash: content?.hash,
                                 conflict: try newConflict.flatMap { try conflictRows.conflict($0) }, isContentChanged: content?.hash != choice?.hash)
    }

    /// Records a conflict for changes made after the merge that lost against the choice.
    private func recordLoss(_ merge: Merge?, over head: KnownVersion, _ choice: Int?, _ conflict: StoredConflict, _ caller: SyncCaller,
                            savedAs version: Int, at moment: Int) throws -> Int? {
        guard head.number != conflict.savedVersion else { return nil }
        var paths: [UInt8]?
        if let merge, !merge.clean { paths = ConflictPaths.json(merge.overlaps) }
        if merge == nil, let row = try versionRows.version(head.number, of: conflict.file), version != head.number {
            paths = ConflictPaths.deletion(of: row)
        }
        guard let paths else { return nil }
        return try record(NewConflict(account: caller.accountID, file: conflict.file, device: caller.device?.text ?? "",
                                      localVersion: conflict.savedVersion, remoteVersion: head.number, savedVersion: version,
                                      local: choice, isClean: false, paths: paths), at: moment)
    }
}
