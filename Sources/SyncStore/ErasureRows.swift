// The statements that remove an account's JSON files as if they had never been, over all tables. Only `imagebed doctor` does that, with what
// it pushed itself: what users pushed is kept.

import Database

struct ErasureRows {
    let database: any Database

    private static let files = "(SELECT id FROM sync_file WHERE account_id = ?)"
    private static let devices = "(SELECT id FROM sync_device WHERE account_id = ?)"

    /// The contents to which the account's versions refer.
    func contents(of account: Int) throws -> [Int] {
        try database.all("SELECT DISTINCT content_id FROM sync_version WHERE content_id IS NOT NULL AND file_id IN \(Self.files)", account) {
            $0.integer(0)
        }
    }

    func removeAll(of account: Int) throws {
        try database.run("DELETE FROM sync_conflict WHERE account_id = ?", account)
        try database.run("DELETE FROM sync_answer WHERE account_id = ?", account)
        try database.run("DELETE FROM sync_fetch WHERE file_id IN \(Self.files)", account)
        try database.run("DELETE FROM sync_identity WHERE device IN \(Self.devices)", account)
        try database.run("DELETE FROM sync_device_file WHERE file_id IN \(Self.files)", account)
        try database.run("DELETE FROM sync_device WHERE account_id = ?", account)
        try database.run("DELETE FROM sync_version WHERE file_id IN \(Self.files)", account)
        try database.run("DELETE FROM sync_file WHERE account_id = ?", account)
    }

    /// Removes a content unless a version of another account has it too.
    func removeContent(_ id: Int) throws {
        try database.run(
            """
            DELETE FROM sync_content WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM sync_version WHERE content_id = ?1 OR pushed_id = ?1)
            """, id)
    }
}
