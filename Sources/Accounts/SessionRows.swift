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

    func insert(_ digest: [UInt8], of account: Int, _ browser: Browser, at moment: Int, expiresAt: Int) throws {
        try database.run(
            """
            INSERT INTO session (hash, account_id, created_at, expires_at, seen_at, user_agent, address) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6)
            """, digest, account, moment, expiresAt, browser.userAgent, browser.address)
    }

    /// An account's sessions that have not ended, the last used first.
    func sessions(of account: Int, _ current: [UInt8], at moment: Int, seenAfter limit: Int) throws -> [OwnSession] {
        try database.all(
            """
            SELECT id, created_at, seen_at, user_agent, address, CASE WHEN hash = ?2 THEN 1 ELSE 0 END FROM session
            WHERE account_id = ?1 AND expires_at > ?3 AND seen_at > ?4 ORDER BY seen_at DESC, id DESC
            """, account, current, moment, limit) { OwnSession($0) }
    }

    /// Where and in which browsers sessions began after a moment, the last first.
    func browsers(since moment: Int, limit: Int) throws -> [Browser] {
        try database.all("SELECT user_agent, address FROM session WHERE created_at > ? AND address <> '' ORDER BY id DESC LIMIT ?", moment, limit) {
            Browser(userAgent: $0.text(0), address: $0.text(1))
        }
    }

    func markSight(of digest: [UInt8], at moment: Int) throws {
        try database.run("UPDATE session SET seen_at = ? WHERE hash = ?", moment, digest)
    }

    /// Not an error if there is none.
    func remove(_ digest: [UInt8]) throws { try database.run("DELETE FROM session WHERE hash = ?", digest) }

    /// - Returns: false if the account has no such session.
    func remove(_ id: Int, of account: Int) throws -> Bool {
        try database.run("DELETE FROM session WHERE id = ? AND account_id = ?", id, account) > 0
    }

    /// - Returns: how many there were.
    func removeAll(of account: Int, but kept: [UInt8]) throws -> Int {
        try database.run("DELETE FROM session WHERE account_id = ? AND hash <> ?", account, kept)
    }

    /// Removes an account's rows except the last used ones.
    func remove(of account: Int, butLast count: Int) throws {
        try database.run(
            """
            DELETE FROM session WHERE account_id = ?1 AND id NOT IN (
                SELECT id FROM session WHERE account_id = ?1 ORDER BY seen_at DESC, id DESC LIMIT ?2)
            """, account, count)
    }

    func removeAll(of account: Int) throws { try database.run("DELETE FROM session WHERE account_id = ?", account) }

    func removeExpired(_ moment: Int) throws { try database.run("DELETE FROM session WHERE expires_at <= ?", moment) }
}
