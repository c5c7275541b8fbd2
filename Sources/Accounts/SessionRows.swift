// The statements on the table `session`.

import Database

struct SessionRows {
    let database: any Database

    /// The account of a session and its last use, if neither has expired and it was used after `limit`.
    func session(_ digest: [UInt8], at moment: Int, seenAfter limit: Int) throws -> (account: String, seenAt: Int)? {
        try database.first(
            """
            SELECT account.name, seen_at FROM session JOIN account ON account.id = account_id
            WHERE hash = ?1 AND session.expires_at > ?2 AND seen_at > ?3 AND disabled_at IS NULL
                AND (account.expires_at IS NULL OR account.expires_at >= ?2)
            """, digest, moment, limit) { ($0.text(0), $0.integer(1)) }
    }

    func insert(_ digest: [UInt8], of account: Int, at moment: Int, expiresAt: Int) throws {
        try database.run("INSERT INTO session (hash, account_id, created_at, expires_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?3)",
                         digest, account, moment, expiresAt)
    }

    func markSight(of digest: [UInt8], at moment: Int) throws {
        try database.run("UPDATE session SET seen_at = ? WHERE hash = ?", moment, digest)
    }

    /// Not an error if there is none.
    func remove(_ digest: [UInt8]) throws { try database.run("DELETE FROM session WHERE hash = ?", digest) }

    func removeAll(of account: Int) throws { try database.run("DELETE FROM session WHERE account_id = ?", account) }

    func removeExpired(_ moment: Int) throws { try database.run("DELETE FROM session WHERE expires_at <= ?", moment) }
}
