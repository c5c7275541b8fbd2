// The statements on the tables `sync_device`, `sync_device_file` (the state of a file on a device), `sync_key_device` (the device of a key)
// and `sync_identity` (the key, address and user agent with which a device pushes).

import Database

struct DeviceRows {
    let database: any Database

    // Devices

    func id(of device: DeviceID, _ account: Int) throws -> Int? {
        try database.first("SELECT id FROM sync_device WHERE account_id = ? AND device_id = ?", account, device.text) { $0.integer(0) }
    }

    /// Inserts a device if it is unknown, and updates its name if one was sent.
    func touch(_ device: DeviceID, name: String?, of account: Int, at moment: Int) throws -> Int {
        if name == nil, let known = try id(of: device, account) { return known }
        try database.run(
            """
            INSERT INTO sync_device (account_id, device_id, name, first_seen_at) VALUES (?1, ?2, COALESCE(?3, ''), ?4)
            ON CONFLICT (account_id, device_id) DO UPDATE SET name = ?3 WHERE sync_device.name <> ?3
            """, account, device.text, name, moment)
        return try id(of: device, account) ?? 0
    }

    /// - Returns: false if there is none.
    func rename(_ device: DeviceID, of account: Int, to name: String) throws -> Bool {
        try database.run("UPDATE sync_device SET name = ? WHERE account_id = ? AND device_id = ?", name, account, device.text) == 1
    }

    /// - Returns: false if there is none.
    func remove(_ device: DeviceID, of account: Int) throws -> Bool {
        try database.run("DELETE FROM sync_device WHERE account_id = ? AND device_id = ?", account, device.text) == 1
    }

    /// Devices in the order in which they were first seen.
    ///
    /// - Parameter file: limits the list to devices of this file, and their files to this one.
    func page(_ page: Paging, of account: Int, file: Int?, files count: Int) throws -> DevicePage {
        let filter = """
            account_id = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM sync_device_file df WHERE df.device = d.id AND df.file_id = ?2))
            """
        let total = try database.first("SELECT COUNT(*) FROM sync_device d WHERE \(filter)", account, file) { $0.integer(0) }
        let devices = try database.all(
            """
            SELECT id, device_id, name, first_seen_at, (SELECT MAX(last_push_at) FROM sync_device_file WHERE device = d.id),
                   (SELECT MAX(last_pull_at) FROM sync_device_file WHERE device = d.id)
            FROM sync_device d WHERE \(filter) ORDER BY id LIMIT ?3 OFFSET ?4
            """, account, file, page.size, page.offset) { row in
            SyncDevice(deviceID: row.text(1), name: row.text(2), firstSeenAt: row.integer(3), lastPushAt: row.optionalInteger(4),
                       lastPullAt: row.optionalInteger(5), files: try files(of: row.integer(0), only: file, atMost: count))
        }
        return DevicePage(devices: devices, total: total ?? 0)
    }

    private func files(of device: Int, only file: Int?, atMost count: Int) throws -> [SyncDevice.File] {
        try database.all(
            """
            SELECT file_key, held, \(VersionRows.head) FROM sync_device_file df JOIN sync_file f ON f.id = df.file_id
            WHERE device = ?1 AND (?2 IS NULL OR file_id = ?2) ORDER BY file_key LIMIT ?3
            """, device, file, count) { SyncDevice.File(key: $0.text(0), last: $0.integer(1), current: $0.integer(2)) }
    }

    // The state of a file on a device

    /// The columns of `DeviceFile`.
    private static let columns = """
        held, pulled, attributes, pushes, pushed_id, c.hash, pushed_version, conflict_id, is_merged, last_fetch, last_pull_at
        """
    private static let columnCount = columns.split(separator: ",").count

    func file(_ file: Int, of device: Int) throws -> DeviceFile? {
        try database.first(
            """
            SELECT \(Self.columns) FROM sync_device_file df LEFT JOIN sync_content c ON c.id = df.pushed_id WHERE device = ? AND file_id = ?
            """, device, file) { try DeviceFile($0) }
    }

    /// (Put together once: every push needs it.)
    private static let deviceAndFile = """
        SELECT \(columns), d.id FROM sync_device d LEFT JOIN sync_device_file df ON df.device = d.id AND df.file_id = ?
        LEFT JOIN sync_content c ON c.id = df.pushed_id WHERE d.account_id = ? AND d.device_id = ?
        """

    func deviceAndFile(_ device: DeviceID, of account: Int, _ file: Int?) throws -> (device: Int, known: DeviceFile)? {
        try database.first(Self.deviceAndFile, file, account, device.text) { (device: $0.integer(Self.columnCount), known: try DeviceFile($0)) }
    }

    /// Records a push of a device with the newest fetch at that time: fetches with higher ids came after this push.
    func notePush(_ note: PushNote, of device: Int, to file: Int, held: Int, isBound: Bool, _ known: DeviceFile, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_device_file (device, file_id, held, pulled, attributes, pushes, pushed_id, pushed_version, conflict_id,
                                          is_merged, last_push_at, last_fetch)
            VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, COALESCE((SELECT MAX(id) FROM sync_fetch), 0))
            ON CONFLICT (device, file_id) DO UPDATE SET held = excluded.held, pulled = 0,
                attributes = CASE WHEN excluded.attributes <> 0 THEN excluded.attributes ELSE sync_device_file.attributes END,
                pushes = excluded.pushes, pushed_id = excluded.pushed_id, pushed_version = excluded.pushed_version,
                conflict_id = excluded.conflict_id, is_merged = excluded.is_merged, last_fetch = excluded.last_fetch,
                last_push_at = excluded.last_push_at
            """, device, file, held, isBound, known.pushes + 1, note.content, note.version, note.conflict, note.isMerged, moment)
    }

    func notePull(of device: Int, _ file: Int, held: Int, by heldBy: HeldBy, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_device_file (device, file_id, held, pulled, attributes, last_pull_at) VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT (device, file_id) DO UPDATE SET attributes = 1, held = excluded.held, pulled = excluded.pulled,
                last_pull_at = excluded.last_pull_at
            """, device, file, held, heldBy, moment)
    }

    func noteReturn(of version: Int, to device: Int, _ file: Int) throws {
        try database.run("UPDATE sync_device_file SET held = ?, pulled = ? WHERE device = ? AND file_id = ?", version, HeldBy.answer, device, file)
    }

    func noteDeletion(by device: Int, of file: Int, as version: Int, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_device_file (device, file_id, held, pulled, last_push_at) VALUES (?, ?, ?, 1, ?)
            ON CONFLICT (device, file_id) DO UPDATE SET held = excluded.held, pulled = 1, last_push_at = excluded.last_push_at
            """, device, file, version, moment)
    }

    // Keys

    func device(ofKey key: Int) throws -> DeviceID? {
        try database.first("SELECT device_id FROM sync_key_device WHERE key_id = ?", key) { $0.text(0) }.flatMap(DeviceID.init)
    }

    func bind(_ key: Int, to device: DeviceID) throws {
        try database.run("INSERT INTO sync_key_device VALUES (?, ?) ON CONFLICT (key_id) DO UPDATE SET device_id = excluded.device_id",
                         key, device.text)
    }

    func free(_ key: Int) throws { try database.run("DELETE FROM sync_key_device WHERE key_id = ?", key) }

    // Identities: key, address and user agent

    /// Up to two devices that push with this identity.
    func devices(using identity: [UInt8]) throws -> [DeviceID] {
        try database.all(
            "SELECT d.device_id FROM sync_identity i JOIN sync_device d ON d.id = i.device WHERE identity = ? LIMIT 2", identity
        ) { $0.text(0) }.compactMap { DeviceID($0) }
    }

    /// When the device last pushed with this identity, and whether another device uses it too.
    func use(of identity: [UInt8], by device: Int?) throws -> (lastAt: Int?, isShared: Bool) {
        try database.first(
            """
            SELECT (SELECT used_at FROM sync_identity WHERE identity = ?1 AND device = ?2),
                   EXISTS (SELECT 1 FROM sync_identity WHERE identity = ?1 AND device <> ?2)
            """, identity, device ?? 0) { ($0.optionalInteger(0), $0.integer(1) != 0) } ?? (nil, false)
    }

    func noteUse(of identity: [UInt8], by device: Int, at moment: Int) throws {
        try database.run("INSERT INTO sync_identity VALUES (?, ?, ?) ON CONFLICT (identity, device) DO UPDATE SET used_at = excluded.used_at",
                         identity, device, moment)
    }

    /// Adds seconds to all times of use, up to `now`.
    func rejuvenateUses(by seconds: Int, now: Int) throws {
        try database.run("UPDATE sync_identity SET used_at = CASE WHEN used_at + ?1 < ?2 THEN used_at + ?1 ELSE ?2 END", seconds, now)
    }

    /// Keeps those with fetches, which are not to be taken for another device's.
    func removeUses(before moment: Int) throws -> Int {
        try database.run("DELETE FROM sync_identity WHERE used_at < ? AND identity NOT IN (SELECT identity FROM sync_fetch)", moment)
    }
}
