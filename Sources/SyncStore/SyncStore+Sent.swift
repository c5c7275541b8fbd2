// The server records which versions it sent to which client, because the base of a later push is inferred from that. It writes only if this
// is new information: a client that polls every second causes no writes.

import Database
import SyncRules

/// What an answer to a pull tells the client.
enum SentVersion {
    /// The content of a version, or its deletion, from which the client goes on.
    case newest(Int)
    /// The content of an earlier version, which it asked for by number: to read it does not mean to go back to it.
    case old(Int)
    /// That the head is what the client says to have.
    case matching(KnownVersion)
    case nothing
}

extension SyncStore {
    /// Records what is sent. Errors are ignored: without the record a later push can only cause more conflicts, never lose changes.
    func note(_ sent: SentVersion, of key: FileKey, to caller: SyncCaller) {
        guard caller.isSent, let file = try? storedFile(key, of: caller.accountID) else { return }
        if let device = caller.device {
            try? notePull(device, key, file, sent, caller)
        } else {
            try? noteEvidence(key, file, sent, caller)
        }
    }

    /// What a device is sent. The recorded version of a device never decreases.
    private func notePull(_ device: DeviceID, _ key: FileKey, _ file: SyncFile, _ sent: SentVersion, _ caller: SyncCaller) throws {
        let row = try deviceRows.id(of: device, caller.accountID)
        let known = try deviceFile(row, file.id)
        let sent = try confirmed(sent, of: file, to: row.map(SyncStore.identity), known)
        let usedAt = try deviceRows.use(of: caller.identity, by: row).lastAt
        guard try isNews(sent, row, file, known) || isStale(usedAt) else { return }
        try database.write(claim(key, of: caller.accountID)) {
            let row = try deviceRows.touch(device, name: nil, of: caller.accountID, at: now())
            let known = try deviceFile(row, file.id)
            if isStale(usedAt) { try deviceRows.noteUse(of: caller.identity, by: row, at: now()) }
            try note(sent, of: file, to: row, known)
        }
    }

    private func note(_ sent: SentVersion, of file: SyncFile, to device: Int, _ known: DeviceFile) throws {
        let identity = SyncStore.identity(of: device)
        if case .old(let version) = sent { return try fetchRows.note(version, of: file.id, identity, head: file.head, isOld: true, at: now()) }
        var (held, heldBy) = (known.held, known.heldBy)
        if case .newest(let version) = sent {
            try fetchRows.note(version, of: file.id, identity, head: file.head, isOld: false, at: now())
            // A version that is not newer than the base of its last push is no evidence of what it has now.
            if SyncStore.isNewer(version, than: known) { (held, heldBy) = (version, .pull) }
        }
        try deviceRows.notePull(of: device, file.id, held: held, by: heldBy, at: now())
    }

    private static func isNewer(_ version: Int, than known: DeviceFile) -> Bool {
        version > known.held || version == known.held && known.heldBy == .answer
    }

    /// A client has what it says to have, and is not sent again, if it was sent before or is its own push.
    private func confirmed(_ sent: SentVersion, of file: SyncFile, to identity: [UInt8]?, _ known: DeviceFile) throws -> SentVersion {
        guard case .matching(let version) = sent else { return sent }
        if version.content == known.pushedHash { return .newest(version.number) }
        guard let identity, try fetchRows.has(version.number, of: file.id, identity) else { return .nothing }
        return .newest(version.number)
    }

    private func isNews(_ sent: SentVersion, _ device: Int?, _ file: SyncFile, _ known: DeviceFile) throws -> Bool {
        switch sent {
        case .newest(let version):
            if !known.attributes || SyncStore.isNewer(version, than: known) || isDue(known.lastPull) { return true }
            return try version < known.held && !isRecorded(version, of: file, to: device)
        case .old(let version): return try !isRecorded(version, of: file, to: device)
        case .matching, .nothing: return !known.attributes || isDue(known.lastPull)
        }
    }

    private func isRecorded(_ version: Int, of file: SyncFile, to device: Int?) throws -> Bool {
        guard let device else { return false }
        return try fetchRows.has(version, of: file.id, SyncStore.identity(of: device))
    }

    /// Whether the time of the last pull is a minute old.
    private func isDue(_ last: Int?) -> Bool {
        let moment = now()
        return last.map { moment - $0 >= 60 || $0 > moment } ?? true
    }

    /// What a client that names no device is sent. The same version again is new information only if later versions were created since.
    private func noteEvidence(_ key: FileKey, _ file: SyncFile, _ sent: SentVersion, _ caller: SyncCaller) throws {
        switch try confirmed(sent, of: file, to: caller.identity, DeviceFile()) {
        case .newest(let version):
            guard version > 0, try fetchRows.head(version, of: file.id, caller.identity) != file.head else { return }
            try noteFetch(of: version, isOld: false, key, file, caller)
        case .old(let version):
            guard try !fetchRows.has(version, of: file.id, caller.identity) else { return }
            try noteFetch(of: version, isOld: true, key, file, caller)
        case .matching, .nothing: return
        }
    }

    private func noteFetch(of version: Int, isOld: Bool, _ key: FileKey, _ file: SyncFile, _ caller: SyncCaller) throws {
        try database.write(claim(key, of: caller.accountID)) {
            try fetchRows.note(version, of: file.id, caller.identity, head: file.head, isOld: isOld, at: now())
        }
    }
}
