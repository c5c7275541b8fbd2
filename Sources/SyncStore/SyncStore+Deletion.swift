// A deletion is a version without a content: later versions continue the numbering, and earlier ones stay readable.

import Database
import SyncRules

/// The result of a deletion.
public struct DeletionOutcome {
    public let version: Int
    /// Set if the head had changes that were never sent to the deleting client.
    public let conflict: StoredConflict?
}

extension SyncStore {
    /// Creates a version that deletes the file.
    ///
    /// - Throws: `SyncError.noFile`, `.notTheHead`.
    public func delete(_ key: FileKey, ifMatch: PushFacts.Condition?, message: String, by caller: SyncCaller) throws -> DeletionOutcome {
        try database.write {
            let (file, head) = try liveFile(key, of: caller.accountID)
            if case .hashes(let hashes) = ifMatch, !hashes.contains(where: { $0 == head.hash }) {
                throw SyncError.notTheHead(version: head.number, hash: head.hash, isPrecondition: true)
            }
            let users = try caller.device == nil ? deviceRows.devices(using: caller.identity) : []
            let device = caller.device ?? (users.count == 1 ? users[0] : nil)
            let hasSeen = try ifMatch != nil || hasSeen(head, file, device, caller, isAlone: users.count < 2)
            let version = head.number + 1
            let moment = now()
            try versionRows.insert(NewRow(file: file.id, version: version, content: nil, pushed: nil, device: device?.text ?? "", message: message),
                       at: moment)
            try noteDeletion(file.id, version, device, caller, at: moment)
            let conflict = hasSeen ? nil : try conflictRows.insert(NewConflict(
                account: caller.accountID, file: file.id, device: device?.text ?? "", localVersion: 0, remoteVersion: head.number,
                savedVersion: version, local: nil, isClean: false, paths: ConflictPaths.deletion(of: head)), at: moment)
            return DeletionOutcome(version: version, conflict: try conflict.flatMap { try conflictRows.conflict($0) })
        }
    }

    /// - Parameter isAlone: whether fetches without a device id can only be this client's.
    private func hasSeen(_ head: StoredVersion, _ file: SyncFile, _ device: DeviceID?, _ caller: SyncCaller, isAlone: Bool) throws -> Bool {
        if let device, try deviceFile(deviceRows.id(of: device, caller.accountID), file.id).held == head.number { return true }
        guard isAlone else { return false }
        return try fetchRows.has(head.number, of: file.id, caller.identity)
    }

    private func noteDeletion(_ file: Int, _ version: Int, _ device: DeviceID?, _ caller: SyncCaller, at moment: Int) throws {
        guard let device else { return try fetchRows.note(version, of: file, caller.identity, head: version, at: moment) }
        let row = try deviceRows.touch(device, name: nil, of: caller.accountID, at: moment)
        try deviceRows.noteDeletion(by: row, of: file, as: version, at: moment)
    }
}
