// The statements on the table `known_address`.

import Database

struct AddressRows {
    let database: any Database

    func has(_ digest: [UInt8], of account: Int, seenAfter moment: Int) throws -> Bool {
        try database.has("SELECT 1 FROM known_address WHERE account_id = ? AND hash = ? AND seen_at > ?", account, digest, moment)
    }

    func note(_ digest: [UInt8], of account: Int, at moment: Int) throws {
        try database.run(
            "INSERT INTO known_address VALUES (?, ?, ?) ON CONFLICT (account_id, hash) DO UPDATE SET seen_at = excluded.seen_at",
            account, digest, moment)
    }

    /// Removes an account's rows except the last seen ones.
    func remove(of account: Int, butLast count: Int) throws {
        try database.run(
            """
            DELETE FROM known_address WHERE account_id = ?1 AND hash NOT IN (
                SELECT hash FROM known_address WHERE account_id = ?1 ORDER BY seen_at DESC LIMIT ?2)
            """, account, count)
    }

    func removeAll(of account: Int) throws { try database.run("DELETE FROM known_address WHERE account_id = ?", account) }

    func remove(seenUpTo moment: Int) throws { try database.run("DELETE FROM known_address WHERE seen_at <= ?", moment) }
}
