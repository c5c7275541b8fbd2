// A deletion is a version like any other, without a content: the line goes on behind it, and nothing before it is lost.

import SQLite
import SyncRules

/// What became of a deletion.
public struct DeletionOutcome {
    public let version: Int
    /// Set when the head held something that the deleting client was never sent.
    public let conflict: StoredConflict?
}

extension SyncStore {
    /// Writes the deletion of a file.
    ///
    /// - Throws: `SyncError.noFile`, `.notTheHead`.
    public func delete(_ key: FileKey, ifMatch: PushFacts.Condition?, message: String, by caller: SyncCaller) throws -> DeletionOutcome {
        try database.write {
            let (file, head) = try liveFile(key, of: caller.account)
            if case .hashes(let hashes) = ifMatch, !hashes.contains(where: { $0 == head.hash }) {
                throw SyncError.notTheHead(version: head.number, hash: head.hash, isPrecondition: true)
            }
            let users = try caller.device == nil ? devices(using: caller.identity) : []
            let device = caller.device ?? (users.count == 1 ? users[0] : nil)
            let hasSeen = try ifMatch != nil || hasSeen(head, file, device, caller, isAlone: users.count < 2)
            let version = head.number + 1
            let moment = now()
            try insert(NewRow(file: file.id, version: version, content: nil, pushed: nil, device: device?.text ?? "", message: message),
                       at: moment)
            try noteDeletion(file.id, version, device, caller, at: moment)
            let conflict = hasSeen ? nil : try record(NewConflict(
                account: caller.account, file: file.id, device: device?.text ?? "", localVersion: 0, remoteVersion: head.number,
                savedVersion: version, local: nil, isClean: false, paths: ConflictPaths.deletion(of: head)), at: moment)
            return DeletionOutcome(version: version, conflict: try conflict.flatMap { try storedConflict($0) })
        }
    }

    /// Up to two devices that push with this key, address and user agent.
    private func devices(using identity: [UInt8]) throws -> [DeviceID] {
        try database.all(
            "SELECT d.device_id FROM sync_identity i JOIN sync_device d ON d.id = i.device WHERE identity = ? LIMIT 2", identity
        ) { $0.text(0) }.compactMap { DeviceID($0) }
    }

    /// - Parameter isAlone: whether what was fetched without a name can only have been fetched by this client.
    private func hasSeen(_ head: StoredVersion, _ file: StoredFile, _ device: DeviceID?, _ caller: SyncCaller, isAlone: Bool) throws -> Bool {
        if let device, try deviceFile(deviceRow(device, of: caller.account), file.id).held == head.number { return true }
        guard isAlone else { return false }
        return try database.first("SELECT 1 FROM sync_fetch WHERE file_id = ? AND identity = ? AND version = ?",
                                  file.id, caller.identity, head.number) { _ in true } ?? false
    }

    private func noteDeletion(_ file: Int, _ version: Int, _ device: DeviceID?, _ caller: SyncCaller, at moment: Int) throws {
        guard let device else {
            try database.run(
                "INSERT OR REPLACE INTO sync_fetch (file_id, identity, version, head, fetched_at) VALUES (?, ?, ?, ?, ?)",
                file, caller.identity, version, version, moment)
            return
        }
        let row = try touch(device, name: nil, of: caller.account, at: moment)
        try database.run(
            """
            INSERT INTO sync_device_file (device, file_id, held, pulled, last_push_at) VALUES (?1, ?2, ?3, 1, ?4)
            ON CONFLICT DO UPDATE SET held = ?3, pulled = 1, last_push_at = ?4
            """, row, file, version, moment)
    }
}
