// The statements on the tables `sync_file` and `sync_version`. A file's head is its largest version.

import Database
import SyncRules

/// The values of the column `kind`.
enum VersionKind: Int, Bindable {
    case content = 0, deletion = 1
    /// Its content was dropped by the retention setting.
    case givenUp = 2
}

struct VersionRows {
    let database: any Database

    /// The newest version of the row `f`.
    static let head = "(SELECT MAX(version) FROM sync_version WHERE file_id = f.id)"

    /// The columns of `StoredVersion`.
    private static let stored = """
        v.version, v.hash, p.hash, v.device_id, COALESCE(d.name, ''), v.message, v.size, v.created_at, v.pushed_id IS NOT NULL, v.content_id
        FROM sync_version v JOIN sync_file f ON f.id = v.file_id
        LEFT JOIN sync_version p ON p.file_id = v.file_id AND p.version = v.version - 1
        LEFT JOIN sync_device d ON d.account_id = f.account_id AND d.device_id = v.device_id
        """

    // Files

    /// - Returns: nil if it has no version.
    func file(_ key: FileKey, of account: Int) throws -> SyncFile? {
        try database.first("SELECT id, \(Self.head) FROM sync_file f WHERE account_id = ? AND file_key = ?", account, key.text) {
            SyncFile(id: $0.integer(0), head: $0.integer(1))
        }.flatMap { $0.head > 0 ? $0 : nil }
    }

    /// The file with its newest version, and whether it has open conflicts that the device's next version closes.
    func fileAndHead(_ key: FileKey, of account: Int) throws
        -> (file: SyncFile, head: KnownVersion, content: Int?, hasCleanConflicts: Bool)? {
        try database.first(
            """
            SELECT f.id, v.version, v.hash, v.content_id,
                   EXISTS (SELECT 1 FROM sync_conflict WHERE file_id = f.id AND resolution IS NULL AND is_clean = 1)
            FROM sync_file f JOIN sync_version v ON v.file_id = f.id
            WHERE f.account_id = ? AND f.file_key = ? ORDER BY v.version DESC LIMIT 1
            """, account, key.text
        ) { row in
            let file = SyncFile(id: row.integer(0), head: row.integer(1))
            return (file, KnownVersion(file.head, try ContentHash(row: row, 2)), row.optionalInteger(3), row.integer(4) != 0)
        }
    }

    /// - Returns: the file's id, also if it exists already.
    func makeFile(_ key: FileKey, of account: Int) throws -> Int {
        try database.run("INSERT INTO sync_file (account_id, file_key) VALUES (?, ?) ON CONFLICT (account_id, file_key) DO NOTHING",
                         account, key.text)
        return try database.first("SELECT id FROM sync_file WHERE account_id = ? AND file_key = ?", account, key.text) { $0.integer(0) } ?? 0
    }

    /// The columns of `SyncFileSummary`, of files that have a version.
    private static let summary = """
        a.name, f.file_key, v.version, v.kind, v.size, v.created_at,
               (SELECT COUNT(*) FROM sync_conflict c WHERE c.file_id = f.id AND c.resolution IS NULL)
        FROM sync_file f JOIN account a ON a.id = f.account_id JOIN sync_version v ON v.file_id = f.id AND v.version = \(head)
        """

    /// Files ordered by account and key.
    func summaries(of account: String?) throws -> [SyncFileSummary] {
        try database.all("SELECT \(Self.summary) WHERE ?1 IS NULL OR a.name = ?1 ORDER BY a.name, f.file_key", account, make: SyncFileSummary.init)
    }

    /// An account's files ordered by key. (Those before the page are skipped in the index alone.)
    func page(_ page: Paging, of account: Int) throws -> SyncFilePage {
        let files = try database.all(
            """
            SELECT \(Self.summary)
            WHERE f.id IN (SELECT id FROM sync_file WHERE account_id = ? ORDER BY file_key LIMIT ? OFFSET ?) ORDER BY f.file_key
            """, account, page.size, page.offset, make: SyncFileSummary.init)
        return SyncFilePage(files: files, total: try database.first("SELECT COUNT(*) FROM sync_file WHERE account_id = ?", account) { $0.integer(0) } ?? 0)
    }

    func summary(of key: FileKey, _ account: Int) throws -> SyncFileSummary? {
        try database.first("SELECT \(Self.summary) WHERE f.account_id = ? AND f.file_key = ?", account, key.text, make: SyncFileSummary.init)
    }

    // Versions

    func version(_ number: Int, of file: Int) throws -> StoredVersion? {
        try database.first("SELECT \(Self.stored) WHERE v.file_id = ? AND v.version = ?", file, number) { try StoredVersion($0) }
    }

    /// Versions above one and up to another, newest first.
    func versions(of file: Int, above: Int, upTo: Int) throws -> [StoredVersion] {
        try database.all("SELECT \(Self.stored) WHERE v.file_id = ? AND v.version <= ? AND v.version > ? ORDER BY v.version DESC",
                         file, upTo, above) { try StoredVersion($0) }
    }

    /// Versions above one, oldest first.
    func versions(of file: Int, above: Int, atMost count: Int) throws -> [StoredVersion] {
        try database.all("SELECT \(Self.stored) WHERE v.file_id = ? AND v.version > ? ORDER BY v.version LIMIT ?", file, above, count) {
            try StoredVersion($0)
        }
    }

    /// A version as SyncRules needs it; nil if there is none.
    func known(_ number: Int, of file: Int) throws -> (version: KnownVersion, contentID: Int?)? {
        try database.first("SELECT hash, content_id FROM sync_version WHERE file_id = ? AND version = ?", file, number) {
            (KnownVersion(number, try ContentHash(row: $0, 0)), $0.optionalInteger(1))
        }
    }

    func headNumber(of file: Int) throws -> Int? {
        try database.first("SELECT MAX(version) FROM sync_version WHERE file_id = ?", file) { $0.integer(0) }
    }

    /// The content that was pushed if a version is a merge; nil otherwise.
    func pushedContent(of number: Int, _ file: Int) throws -> Int? {
        try database.first("SELECT pushed_id FROM sync_version WHERE file_id = ? AND version = ?", file, number) { $0.optionalInteger(0) } ?? nil
    }

    /// The newest version with this content, or with this pushed content; searched backwards from the head.
    func newest(with content: Int, in file: Int) throws -> Int? {
        try database.first(
            "SELECT version FROM sync_version WHERE file_id = ?1 AND (content_id = ?2 OR pushed_id = ?2) ORDER BY version DESC LIMIT 1",
            file, content) { $0.integer(0) }
    }

    /// Whether a version has or had this content; looks at all versions of the file.
    func has(_ hash: ContentHash, _ file: Int) throws -> Bool {
        try database.has("SELECT 1 FROM sync_version WHERE file_id = ? AND hash = ?", file, hash.bytes)
    }

    func insert(_ row: NewRow, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_version (file_id, version, kind, content_id, pushed_id, hash, size, device_id, message, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, row.file, row.version, row.content == nil ? VersionKind.deletion : .content, row.content?.id, row.pushed,
            row.content?.hash.bytes, row.content?.size ?? 0, row.device, row.message, moment)
    }

    /// Drops the contents of all but the newest versions. Versions that an open conflict refers to keep theirs.
    ///
    /// - Parameters:
    ///   - keep: how many keep their content; at least 1.
    ///   - account, key: nil: all.
    /// - Returns: how many were dropped.
    func giveUp(allBut keep: Int, of account: String?, _ key: String?) throws -> Int {
        try database.run(
            """
            UPDATE sync_version SET kind = ?4, content_id = NULL, pushed_id = NULL WHERE kind = ?5 AND \(Self.isWanted)
            AND version <= (SELECT MAX(h.version) FROM sync_version h WHERE h.file_id = sync_version.file_id) - ?1
            AND NOT EXISTS (SELECT 1 FROM sync_conflict c WHERE c.file_id = sync_version.file_id AND c.resolution IS NULL
                            AND version IN (c.local_version, c.remote_version, c.saved_version))
            """, keep, account, key, VersionKind.givenUp, VersionKind.content)
    }

    /// Limits to account ?2 and key ?3; NULL means all.
    static let isWanted = """
        file_id IN (SELECT f.id FROM sync_file f JOIN account a ON a.id = f.account_id
                    WHERE (?2 IS NULL OR a.name = ?2) AND (?3 IS NULL OR f.file_key = ?3))
        """
}
