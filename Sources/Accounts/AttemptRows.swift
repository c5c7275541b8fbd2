// The statements on the table `attempt`.

import Database

struct AttemptRows {
    let database: any Database

    /// Increments a counter.
    ///
    /// - Returns: the count in the current window.
    func countOneMore(_ kind: String, _ who: String, endsAt: Int) throws -> Int {
        try database.all(
            """
            INSERT INTO attempt (kind, who, ends_at, count) VALUES (?, ?, ?, 1)
            ON CONFLICT (kind, who) DO UPDATE SET count = attempt.count + 1 RETURNING count
            """, kind, who, endsAt) { $0.integer(0) }.first ?? 0
    }

    func countOneLess(_ kind: String, _ who: String) throws {
        try database.run("UPDATE attempt SET count = count - 1 WHERE kind = ? AND who = ?", kind, who)
    }

    func removeEnded(_ moment: Int) throws { try database.run("DELETE FROM attempt WHERE ends_at <= ?", moment) }
}
