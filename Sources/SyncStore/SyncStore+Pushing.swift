// A push is decided outside of any transaction and written in one (optimistic concurrency): the decision is valid only while the head and
// the device's state are unchanged. Otherwise it is retried.

import Crypto
import Database
import Disk
import JSONText
import SyncRules
import Time

extension SyncStore {
    /// Stores a push; it is durable when this returns.
    ///
    /// - Throws: `SyncError`.
    public func push(_ push: Push) throws -> PushOutcome {
        var outcome = try answer(to: push)
        outcome.isContentChanged = outcome.hash != push.content.hash
        if push.returnsContent {
            outcome.content = try contents.open(outcome.contentID)
            if outcome.isMerged { try noteReturn(of: outcome.version, to: push) }
        }
        return outcome
    }

    private func answer(to push: Push) throws -> PushOutcome {
        var pushed: PreparedContent?
        return try retrying {
            if let answer = try keptAnswer(to: push) {
                whenPushed(.repeated)
                return answer
            }
            let state = try database.read { try self.state(of: push) }
            do {
                let outcome = try carryOut(decide(push, state), push, state, &pushed)
                if let outcome { whenPushed(PushResult(outcome)) }
                return outcome
            } catch SyncError.contentVanished {
                pushed = nil
                return nil
            }
        }
    }

    /// Repeats an attempt that returns nil if another process was faster.
    ///
    /// - Throws: `SyncError.busy` after `attemptLimit` attempts.
    func retrying<Value>(_ attempt: () throws -> Value?) throws -> Value {
        for count in 0..<SyncStore.attemptLimit {
            if count > 8 { pause(microseconds: Int.random(in: 0..<4_000)) }
            if let value = try attempt() { return value }
        }
        throw SyncError.busy
    }

    private func decide(_ push: Push, _ state: PushState) throws -> PushDecision {
        try state.facts.decide { try self.text(of: $0, or: push.content) }
    }

    /// A content: the one that a request contains, or a stored one.
    func text(of hash: ContentHash, or sent: Document) throws -> HeldText {
        if hash == sent.hash { return sent.text }
        guard let id = try contents.id(of: hash) else { throw SyncError.damaged("content \(hash.text) is missing") }
        return try contents.open(id).text(newDraft: newDraft)
    }

    /// - Returns: nil if the state has changed since the decision.
    private func carryOut(_ decision: PushDecision, _ push: Push, _ state: PushState, _ pushed: inout PreparedContent?) throws
        -> PushOutcome? {
        switch decision {
        case .preconditionFailed: throw refused(state, isPrecondition: true)
        case .baseIsNotHead: throw refused(state, isPrecondition: false)
        case .retry: return try repeated(push, state)
        case .unchanged: return try writeNoChanges(push, state)
        case .accept(let new):
            let content = try pushed ?? contents.prepare(push.content)
            pushed = content
            let merged = try new.merged.map(prepare)
            return try write(new, push, state, content, merged)
        }
    }

    private func refused(_ state: PushState, isPrecondition: Bool) -> SyncError {
        whenPushed(.refused)
        return .notTheHead(version: state.file?.head ?? 0, hash: state.head?.content, isPrecondition: isPrecondition)
    }

    func prepare(_ merged: MergedText) throws -> PreparedContent {
        guard merged.count <= SyncStore.contentLimit else { throw SyncError.tooLarge }
        let spool = Spool(sizeLimit: merged.count, newDraft: newDraft)
        try merged.write(to: spool.write)
        return try contents.prepare(spool.document())
    }

    private func repeated(_ push: Push, _ state: PushState) throws -> PushOutcome? {
        guard let file = state.file else { return nil }
        return try outcome(.repeated, state.known.pushedVersion, of: file.id, conflict: state.known.conflictID, isMerged: state.known.isMerged)
    }

    func outcome(_ kind: PushOutcome.Kind, _ version: Int, of file: Int, conflict: Int?, isMerged: Bool) throws -> PushOutcome? {
        guard let row = try versionRows.known(version, of: file), let hash = row.version.content else { return nil }
        return PushOutcome(kind: kind, version: version, hash: hash, conflict: try conflict.flatMap { try conflictRows.conflict($0) },
                           isMerged: isMerged, contentID: row.contentID ?? 0)
    }

    private func writeNoChanges(_ push: Push, _ state: PushState) throws -> PushOutcome? {
        guard let file = state.file, let content = state.headContent else { return nil }
        return try database.write(claim(push.file, of: push.caller.accountID)) {
            guard try isCurrent(state) else { return nil }
            let moment = now()
            if state.hasCleanConflicts { try conflictRows.closeClean(of: file.id, upTo: file.head, by: file.head, at: moment) }
            try note(push, state, on: file.id, PushNote(version: file.head, content: content, conflict: nil, isMerged: false), at: moment)
            let outcome = try outcome(.noChanges, file.head, of: file.id, conflict: nil, isMerged: false)
            if let outcome { try keepAnswer(outcome, to: push, of: file.id, at: moment) }
            return outcome
        }
    }

    private func write(_ new: NewVersion, _ push: Push, _ state: PushState, _ pushed: PreparedContent, _ merged: PreparedContent?) throws
        -> PushOutcome? {
        try database.write(claim(push.file, of: push.caller.accountID)) {
            guard try isCurrent(state) else { return nil }
            let moment = now()
            let file = try state.file ?? SyncFile(id: versionRows.makeFile(push.file, of: push.caller.accountID), head: 0)
            let version = file.head + 1
            let pushedID = try contents.keep(pushed, at: moment)
            let content = merged ?? pushed
            let contentID = try merged.map { try contents.keep($0, at: moment) } ?? pushedID
            try versionRows.insert(NewRow(file: file.id, version: version, content: (contentID, content.hash, content.size),
                              pushed: merged == nil ? nil : pushedID, device: push.device.text, message: push.message), at: moment)
            if state.hasCleanConflicts, standsOn(new, state) {
                try conflictRows.closeClean(of: file.id, upTo: new.base.version, by: version, at: moment)
            }
            let conflict = try paths(of: new, push).map { paths in
                try record(NewConflict(
                    account: push.caller.accountID, file: file.id, device: push.device.text, localVersion: new.base.version,
                    remoteVersion: file.head, savedVersion: version, local: pushedID, isClean: new.clean, paths: paths),
                    at: moment)
            }
            try note(push, state, on: file.id,
                     PushNote(version: version, content: pushedID, conflict: conflict, isMerged: merged != nil), at: moment)
            let outcome = PushOutcome(kind: .created, version: version, hash: content.hash,
                                      conflict: try conflict.flatMap { try conflictRows.conflict($0) }, isMerged: merged != nil,
                                      contentID: contentID)
            try keepAnswer(outcome, to: push, of: file.id, at: moment)
            return outcome
        }
    }

    /// The paths of the conflict to record, nil if there is none.
    private func paths(of new: NewVersion, _ push: Push) -> [UInt8]? {
        if new.undoesDeletion { return ConflictPaths.revival(push.content) }
        return new.conflict ? ConflictPaths.json(new.paths) : nil
    }

    /// Whether the client has the base version itself, and not only its own push that was merged into it.
    private func standsOn(_ new: NewVersion, _ state: PushState) -> Bool {
        switch new.base.kind {
        case .explicit, .attributed, .evidence: true
        case .lastPush: !state.known.isMerged
        case .none: false
        }
    }
}
