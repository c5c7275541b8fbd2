// A deletion is a version without a content: later versions continue the numbering, and earlier ones stay readable. It is decided and
// written like a push.

import Crypto
import Database
import JSONText
import SyncRules

/// The result of a deletion.
public struct DeletionOutcome {
    public let version: Int
    /// Set if the head had values that the deleting client may not know.
    public let conflict: StoredConflict?
}

extension SyncStore {
    /// Creates a version that deletes the file.
    ///
    /// - Throws: `SyncError.noFile`, `.notTheHead`.
    public func delete(_ key: FileKey, ifMatch: PushFacts.Condition?, message: String, by caller: SyncCaller) throws -> DeletionOutcome {
        let nothing = try SyncStore.emptyObject()
        return try retrying {
            let (state, naming) = try database.read { try self.state(ofDeletion: key, nothing.hash, ifMatch, by: caller) }
            guard let head = state.head, head.content != nil else { throw SyncError.noFile(deleted: state.head != nil) }
            let decision = try state.facts.decideDeletion(by: naming) { try text(of: $0, or: nothing) }
            guard case .accept(let base, let unseen) = decision else {
                throw SyncError.notTheHead(version: head.number, hash: head.content, isPrecondition: true)
            }
            return try write(message, state, base, unseen)
        }
    }

    /// The same for a person who sees which version is the newest: there is nothing in it of which nobody knew.
    ///
    /// - Parameter version: the one that is seen.
    /// - Throws: `SyncError.noFile`, `.notTheHead`.
    public func delete(_ key: FileKey, seen version: Int, of account: Int) throws {
        try database.write(claim(key, of: account)) {
            let (file, head) = try liveFile(key, of: account)
            guard head.number == version else { throw SyncError.notTheHead(version: head.number, hash: head.hash, isPrecondition: true) }
            try versionRows.insert(NewRow(file: file.id, version: version + 1, content: nil, pushed: nil, device: "", message: ""), at: now())
        }
    }

    /// What a deletion leaves of a document.
    private static func emptyObject() throws -> Document {
        let text = Array("{}".utf8)
        return Document(hash: try ContentHash(stored: SHA256.hash(text)), text: HeldText(text))
    }

    private func state(ofDeletion key: FileKey, _ nothing: ContentHash, _ ifMatch: PushFacts.Condition?, by caller: SyncCaller) throws
        -> (PushState, Naming) {
        let users = try caller.device == nil ? deviceRows.devices(using: caller.identity) : []
        let assumed = users.count == 1 ? users[0] : nil
        let sender = Sender(caller: caller, file: key, device: caller.device ?? assumed)
        let state = try state(of: sender, nothing) { facts, _ in facts.ifMatch = ifMatch }
        return (state, caller.device != nil ? .named : assumed != nil ? .assumed : .nameless)
    }

    /// - Returns: nil if the state has changed since the decision.
    private func write(_ message: String, _ state: PushState, _ base: PushBase, _ unseen: [Overlap]) throws -> DeletionOutcome? {
        try database.write(claim(state.sender.file, of: state.sender.caller.accountID)) {
            guard try isCurrent(state), let file = state.file else { return nil }
            let (caller, version, moment) = (state.sender.caller, file.head + 1, now())
            let device = caller.device?.text ?? ""
            try versionRows.insert(NewRow(file: file.id, version: version, content: nil, pushed: nil, device: device, message: message), at: moment)
            try noteDeletion(file.id, version, caller, at: moment)
            let conflict = unseen.isEmpty ? nil : try record(NewConflict(
                account: caller.accountID, file: file.id, device: device, localVersion: base.version, remoteVersion: file.head,
                savedVersion: version, local: nil, isClean: false, paths: ConflictPaths.json(unseen)), at: moment)
            return DeletionOutcome(version: version, conflict: try conflict.flatMap { try conflictRows.conflict($0) })
        }
    }

    private func noteDeletion(_ file: Int, _ version: Int, _ caller: SyncCaller, at moment: Int) throws {
        var identity = caller.identity
        if let device = caller.device {
            let row = try deviceRows.touch(device, name: nil, of: caller.accountID, at: moment)
            try deviceRows.noteDeletion(by: row, of: file, as: version, at: moment)
            try deviceRows.noteUse(of: caller.identity, by: row, at: moment)
            identity = SyncStore.identity(of: row)
        }
        try fetchRows.note(version, of: file, identity, head: version, isOld: false, at: moment)
    }
}
