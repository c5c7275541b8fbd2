// The rows that a push writes, each in one place.

import Crypto
import SQLite
import SyncRules

/// A version to be written.
struct NewRow {
    let file: Int
    let version: Int
    /// nil for a deletion.
    let content: (id: Int, hash: ContentHash, size: Int)?
    /// The pushed content, where the version's own is a merge.
    let pushed: Int?
    let device: String
    let message: String
}

/// What is remembered of a device's push.
struct PushNote {
    let version: Int
    let content: Int
    let conflict: Int?
    let isMerged: Bool
}

extension SyncStore {
    func makeFile(_ key: FileKey, of account: Int) throws -> StoredFile {
        try database.run("INSERT INTO sync_file (account_id, file_key) VALUES (?, ?) ON CONFLICT DO NOTHING", account, key.text)
        let id = try database.first("SELECT id FROM sync_file WHERE account_id = ? AND file_key = ?", account, key.text) { $0.integer(0) }
        return StoredFile(id: id ?? 0, head: 0)
    }

    func insert(_ row: NewRow, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_version (file_id, version, kind, content_id, pushed_id, hash, size, device_id, message, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, row.file, row.version, row.content == nil ? 1 : 0, row.content?.id, row.pushed, row.content?.hash.bytes,
            row.content?.size ?? 0, row.device, row.message, moment)
    }

    /// Remembers a push of a device: its content is what the device has now, a merge is not.
    func note(_ push: Push, _ state: PushState, on file: Int, _ note: PushNote, at moment: Int) throws {
        let unnamed = push.deviceName == nil ? state.device : nil
        let device = try unnamed ?? touch(push.device, name: push.deviceName, of: push.caller.account, at: moment)
        let held = note.isMerged ? state.known.held : note.version
        try database.run(
            """
            INSERT INTO sync_device_file (device, file_id, held, pulled, attributes, pushes, pushed_id, pushed_version, conflict_id,
                                          is_merged, last_push_at, last_fetch)
            VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, COALESCE((SELECT MAX(id) FROM sync_fetch), 0))
            ON CONFLICT DO UPDATE SET held = excluded.held, pulled = 0, attributes = MAX(attributes, excluded.attributes),
                pushes = excluded.pushes, pushed_id = excluded.pushed_id, pushed_version = excluded.pushed_version,
                conflict_id = excluded.conflict_id, is_merged = excluded.is_merged, last_fetch = excluded.last_fetch,
                last_push_at = excluded.last_push_at
            """, device, file, held, state.isBound, state.known.pushes + 1, note.content, note.version, note.conflict, note.isMerged, moment)
        // To the day: a push writes as little as it can.
        if let last = state.identityUsedAt, device == state.device, moment - last <= 86_400 { return }
        try database.run("INSERT INTO sync_identity VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET used_at = ?3",
                         push.caller.identity, device, moment)
    }

    /// Makes a device known, under its name where one was sent.
    func touch(_ device: DeviceID, name: String?, of account: Int, at moment: Int) throws -> Int {
        if name == nil, let known = try deviceRow(device, of: account) { return known }
        try database.run(
            """
            INSERT INTO sync_device (account_id, device_id, name, first_seen_at) VALUES (?1, ?2, COALESCE(?3, ''), ?4)
            ON CONFLICT DO UPDATE SET name = ?3 WHERE name <> ?3
            """, account, device.text, name, moment)
        return try deviceRow(device, of: account) ?? 0
    }

    // Answers under an idempotency key

    func keptAnswer(to push: Push) throws -> PushOutcome? {
        guard let key = push.idempotencyKey else { return nil }
        let row = try database.first(
            "SELECT request, file_id, version, conflict_id, is_merged, is_new FROM sync_answer WHERE account_id = ? AND key = ? AND made_at > ?",
            push.caller.account, SyncStore.digest(key), now() - SyncStore.answerLifetime
        ) { row in
            (request: row.blob(0), file: row.integer(1), version: row.integer(2), conflict: row.optionalInteger(3),
             isMerged: row.integer(4) != 0, isNew: row.integer(5) != 0)
        }
        guard let row else { return nil }
        guard row.request == SyncStore.request(push) else { throw SyncError.keyReused }
        return try outcome(row.isNew ? .created : .noChanges, row.version, of: row.file, conflict: row.conflict, isMerged: row.isMerged)
    }

    func keepAnswer(_ outcome: PushOutcome, to push: Push, of file: Int, at moment: Int) throws {
        guard let key = push.idempotencyKey else { return }
        try database.run(
            "INSERT OR REPLACE INTO sync_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", push.caller.account, SyncStore.digest(key),
            SyncStore.request(push), file, outcome.version, outcome.conflict?.id, outcome.isMerged, outcome.kind == .created, moment)
    }

    private static func request(_ push: Push) -> [UInt8] {
        digest("\(push.file.text)\n\(push.device.text)\n\(push.content.hash.text)")
    }

    private static func digest(_ text: String) -> [UInt8] { SHA256.hash(Array(text.utf8)) }
}
