// The statements on the table `sync_fetch`: which versions were sent to which client. Its identity is that of a device that named itself,
// or else a digest of key, address and user agent.

import Database

struct FetchRows {
    let database: any Database

    func has(_ version: Int, of file: Int, _ identity: [UInt8]) throws -> Bool {
        try database.has("SELECT 1 FROM sync_fetch WHERE file_id = ? AND identity = ? AND version = ?", file, identity, version)
    }

    /// The head version when a version was last sent as the newest; nil if it never was.
    func head(_ version: Int, of file: Int, _ identity: [UInt8]) throws -> Int? {
        try database.first("SELECT head FROM sync_fetch WHERE file_id = ? AND identity = ? AND version = ? AND is_old = 0", file, identity, version) {
            $0.integer(0)
        }
    }

    /// The highest versions that were sent as the newest after the fetch with this id.
    func versions(of file: Int, _ identity: [UInt8], after id: Int, atMost count: Int) throws -> [Int] {
        try database.all(
            "SELECT version FROM sync_fetch WHERE file_id = ? AND identity = ? AND id > ? AND is_old = 0 ORDER BY version DESC LIMIT ?",
            file, identity, id, count) { $0.integer(0) }
    }

    /// Must be called in a write transaction. A repeated fetch gets a new id, because ids give the order of fetches and pushes.
    ///
    /// - Parameter isOld: whether the client asked for this version by its number, and so need not go on from it.
    func note(_ version: Int, of file: Int, _ identity: [UInt8], head: Int, isOld: Bool, at moment: Int) throws {
        try database.run("DELETE FROM sync_fetch WHERE file_id = ? AND identity = ? AND version = ?", file, identity, version)
        try database.run("INSERT INTO sync_fetch (file_id, identity, version, head, is_old, fetched_at) VALUES (?, ?, ?, ?, ?, ?)",
                         file, identity, version, head, isOld, moment)
    }

    /// Adds seconds to all times, up to `now`.
    func rejuvenate(by seconds: Int, now: Int) throws {
        try database.run("UPDATE sync_fetch SET fetched_at = CASE WHEN fetched_at + ?1 < ?2 THEN fetched_at + ?1 ELSE ?2 END", seconds, now)
    }

    func remove(before moment: Int) throws -> Int { try database.run("DELETE FROM sync_fetch WHERE fetched_at < ?", moment) }
}
