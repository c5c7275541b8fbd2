// The statements on the files of an account; its totals are in `account_total`, which triggers keep.

import Database
import Time

extension FileRows {
    private var totals: String { database.summed("account_total") }

    func numbers(of owner: Int) throws -> OwnerNumbers? {
        try database.first("SELECT files, bytes, views FROM \(totals) WHERE account_id = ?", owner) {
            OwnerNumbers(files: $0.integer(0), bytes: $0.integer(1), views: $0.integer(2))
        }
    }

    func quota(of owner: Int) throws -> OwnerQuota? {
        try database.first(
            """
            SELECT COALESCE(files, 0), COALESCE(bytes, 0), file_limit, byte_limit
            FROM account LEFT JOIN \(totals) ON account_id = account.id WHERE account.id = ?
            """, owner) {
            OwnerQuota(files: $0.integer(0), bytes: $0.integer(1), fileLimit: $0.optionalInteger(2), byteLimit: $0.optionalInteger(3))
        }
    }

    func newest(of owner: Int, atMost count: Int) throws -> [StoredFile] {
        try database.all(
            """
            SELECT \(StoredFile.columns) FROM file WHERE account_id = ?1 AND \(FileState.kept.condition) AND \(Self.isOn("?2"))
            ORDER BY created_at DESC, id DESC LIMIT ?3
            """, owner, Now.seconds, count) { try StoredFile($0) }
    }

    /// - Returns: how many files were marked.
    func beginDeletion(ofOwner owner: Int, atMost count: Int, at now: Int, endedBy end: Int) throws -> Int {
        try database.run(
            """
            UPDATE file SET \(Self.marks) WHERE id IN (
                SELECT id FROM file WHERE account_id = ?5 AND \(FileState.kept.condition) ORDER BY created_at DESC, id DESC LIMIT ?6)
            """, FileState.leaving, now, end, PendingDeletion.forGood, owner, count)
    }

    /// Files uploaded with a key, and the time of the last one in seconds since 1970.
    func uploads(withKey key: Int) throws -> (count: Int, last: Int?) {
        try database.first("SELECT COUNT(*), MAX(created_at) FROM file WHERE key_id = ?", key) { ($0.integer(0), $0.optionalInteger(1)) } ?? (0, nil)
    }

    func leavingCount(of owner: Int) throws -> Int {
        try database.first("SELECT COUNT(*) FROM file WHERE \(FileState.leaving.condition) AND account_id = ?", owner) { $0.integer(0) } ?? 0
    }
}
