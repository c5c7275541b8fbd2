// The statements on the table `sync_conflict`.

import Database

struct ConflictRows {
    let database: any Database

    /// The columns of `StoredConflict`.
    private static let stored = """
        c.id, f.file_key, c.device_id, COALESCE(d.name, ''), local_version, remote_version, saved_version, l.hash, r.hash,
        is_clean, paths, resolution, resolved_version, resolved_at, c.created_at, c.account_id, c.file_id, c.local_id, c.choice
        FROM sync_conflict c JOIN sync_file f ON f.id = c.file_id
        LEFT JOIN sync_device d ON d.account_id = c.account_id AND d.device_id = c.device_id
        LEFT JOIN sync_content l ON l.id = c.local_id
        LEFT JOIN sync_version r ON r.file_id = c.file_id AND r.version = c.remote_version
        """

    func conflict(_ id: Int) throws -> StoredConflict? {
        try database.first("SELECT \(Self.stored) WHERE c.id = ?", id) { try StoredConflict($0) }
    }

    /// Conflicts of an account, or of one of its files, newest first.
    func page(_ page: Paging, of account: Int, file: Int?, resolved: Bool) throws -> ConflictPage {
        let filter = "\(file == nil ? "c.account_id" : "c.file_id") = ?1 AND (c.resolution IS NULL) = \(resolved ? "FALSE" : "TRUE")"
        let total = try database.first("SELECT COUNT(*) FROM sync_conflict c WHERE \(filter)", file ?? account) { $0.integer(0) }
        let rows = try database.all("SELECT \(Self.stored) WHERE \(filter) ORDER BY c.id DESC LIMIT ?2 OFFSET ?3",
                                    file ?? account, page.size, page.offset) { try StoredConflict($0) }
        return ConflictPage(conflicts: rows, total: total ?? 0)
    }

    func openCount(of file: Int) throws -> Int {
        try database.first("SELECT COUNT(*) FROM sync_conflict WHERE file_id = ? AND resolution IS NULL", file) { $0.integer(0) } ?? 0
    }

    /// The versions in which a device's most recent conflicts were saved.
    func savedVersions(of file: Int, _ device: DeviceID) throws -> [Int] {
        try database.all("SELECT saved_version FROM sync_conflict WHERE file_id = ? AND device_id = ? ORDER BY id DESC LIMIT 4",
                         file, device.text) { $0.integer(0) }
    }

    func insert(_ conflict: NewConflict, at moment: Int) throws -> Int {
        try database.insert(
            """
            INSERT INTO sync_conflict (account_id, file_id, device_id, local_version, remote_version, saved_version, local_id,
                                       is_clean, paths, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, conflict.account, conflict.file, conflict.device, conflict.localVersion, conflict.remoteVersion,
            conflict.savedVersion, conflict.local, conflict.isClean, String(decoding: conflict.paths, as: UTF8.self), moment) ?? 0
    }

    /// Closes conflicts without an overlap, once their device has pushed a version based on the result.
    func closeClean(of file: Int, upTo version: Int, by resolvedVersion: Int, at moment: Int) throws {
        try database.run(
            """
            UPDATE sync_conflict SET resolution = 'auto', resolved_version = ?, resolved_at = ?
            WHERE file_id = ? AND resolution IS NULL AND is_clean = 1 AND saved_version <= ?
            """, resolvedVersion, moment, file, version)
    }

    /// - Parameter choice: the hash of the chosen content; empty for a deletion.
    func resolve(_ id: Int, _ action: Resolution.Action, _ choice: [UInt8], as version: Int, at moment: Int) throws {
        try database.run("UPDATE sync_conflict SET resolution = ?, choice = ?, resolved_version = ?, resolved_at = ? WHERE id = ?",
                         action.rawValue, choice, version, moment, id)
    }

    /// Drops the contents of resolved conflicts, as `VersionRows.giveUp` does for versions.
    func giveUp(allBut keep: Int, of account: String?, _ key: String?) throws {
        try database.run(
            """
            UPDATE sync_conflict SET local_id = NULL
            WHERE resolution IS NOT NULL AND local_id IS NOT NULL AND \(VersionRows.isWanted)
            AND saved_version <= (SELECT MAX(version) FROM sync_version h WHERE h.file_id = sync_conflict.file_id) - ?1
            """, keep, account, key)
    }
}
