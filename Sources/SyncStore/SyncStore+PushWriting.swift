// The rows that a push writes.

import Crypto
import Database
import SyncRules

/// A version to be inserted.
struct NewRow {
    let file: Int
    let version: Int
    /// nil for a deletion.
    let content: (id: Int, hash: ContentHash, size: Int)?
    /// The id of the pushed content, if the version is a merge.
    let pushed: Int?
    let device: String
    let message: String
}

/// What is recorded of a device's push.
struct PushNote {
    let version: Int
    let content: Int
    let conflict: Int?
    let isMerged: Bool
}

extension SyncStore {
    /// What every change of a file claims: its versions, its conflicts, what devices have of it and what was sent of it. An id of a fetch is above
    /// or below a push's `last_fetch` as it came after or before it. What files share (contents, devices, identities, answers) is found by
    /// unique keys, and whoever comes second finds the first one's row.
    func claim(_ file: FileKey, of account: Int) -> Claim { .sync(account: account, key: file.text) }

    /// Records a push of a device: the device has the pushed content now, not a merge.
    func note(_ push: Push, _ state: PushState, on file: Int, _ note: PushNote, at moment: Int) throws {
        let unnamed = push.deviceName == nil ? state.device : nil
        let device = try unnamed ?? deviceRows.touch(push.device, name: push.deviceName, of: push.caller.accountID, at: moment)
        let held = note.isMerged ? state.known.held : note.version
        try deviceRows.notePush(note, of: device, to: file, held: held, isBound: state.isBound, state.known, at: moment)
        if device != state.device || isStale(state.identityUsedAt) { try deviceRows.noteUse(of: push.caller.identity, by: device, at: moment) }
    }

    /// Whether the time of an identity's last use is to be written again: once a day, to save writes.
    func isStale(_ usedAt: Int?) -> Bool { usedAt.map { now() - $0 > 86_400 } ?? true }

    /// Records that the answer to a device's last push contains the merge, so that the device has that now. Before the answer is sent: a
    /// process that dies in between has sent nothing.
    func noteReturn(of version: Int, to push: Push) throws {
        try database.write(claim(push.file, of: push.caller.accountID)) {
            guard let file = try storedFile(push.file, of: push.caller.accountID), let device = try deviceRows.id(of: push.device, push.caller.accountID),
                  case let known = try deviceFile(device, file.id), known.pushedVersion == version, known.heldBy == .lastPush else { return }
            try deviceRows.noteReturn(of: version, to: device, file.id)
            try fetchRows.note(version, of: file.id, SyncStore.identity(of: device), head: file.head, isOld: false, at: now())
        }
    }

    // Responses by idempotency key

    func keptAnswer(to push: Push) throws -> PushOutcome? {
        guard let key = push.idempotencyKey else { return nil }
        guard let answer = try answerRows.answer(to: SyncStore.digest(key), of: push.caller.accountID, after: now() - SyncStore.answerLifetime)
        else { return nil }
        guard answer.request == SyncStore.request(push) else { throw SyncError.keyReused }
        return try outcome(answer.isNew ? .created : .noChanges, answer.version, of: answer.file, conflict: answer.conflict,
                           isMerged: answer.isMerged)
    }

    func keepAnswer(_ outcome: PushOutcome, to push: Push, of file: Int, at moment: Int) throws {
        guard let key = push.idempotencyKey else { return }
        let answer = AnswerRows.Answer(request: SyncStore.request(push), file: file, version: outcome.version, conflict: outcome.conflict?.id,
                                       isMerged: outcome.isMerged, isNew: outcome.kind == .created)
        try answerRows.keep(answer, to: SyncStore.digest(key), of: push.caller.accountID, at: moment)
    }

    private static func request(_ push: Push) -> [UInt8] {
        digest("\(push.file.text)\n\(push.device.text)\n\(push.content.hash.text)")
    }

    private static func digest(_ text: String) -> [UInt8] { SHA256.hash(Array(text.utf8)) }
}
