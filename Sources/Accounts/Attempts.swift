// How often somebody may try what can be guessed: a password, an old delete link. Counts lie in the database, because the
// processes that serve a path know nothing of one another.

import SQLite

extension Accounts {
    /// Counts an attempt and tells whether it is within the limit.
    ///
    /// - Parameters:
    ///   - kind: what is tried, such as "login".
    ///   - who: the client's address.
    ///   - limit: attempts within one window.
    ///   - window: seconds.
    public func mayTry(_ kind: String, who: String, limit: Int, window: Int) throws -> Bool {
        let start = now() / window * window
        return try database.write {
            try database.run("DELETE FROM attempt WHERE ends_at <= ?", now())
            try database.run(
                """
                INSERT INTO attempt (kind, who, ends_at, count) VALUES (?, ?, ?, 1)
                ON CONFLICT (kind, who) DO UPDATE SET count = count + 1
                """, kind, who, start + window)
            let count = try database.first("SELECT count FROM attempt WHERE kind = ? AND who = ?", kind, who) { $0.integer(0) }
            return count ?? 0 <= limit
        }
    }
}
