// The statements on the table `sync_answer`: responses to pushes, by the digests of their idempotency keys.

import Database

struct AnswerRows {
    let database: any Database

    /// A stored response.
    struct Answer {
        /// The digest of the request.
        let request: [UInt8]
        let file: Int
        let version: Int
        let conflict: Int?
        let isMerged: Bool
        /// Whether the push created a version.
        let isNew: Bool
    }

    func answer(to key: [UInt8], of account: Int, after moment: Int) throws -> Answer? {
        try database.first(
            "SELECT request, file_id, version, conflict_id, is_merged, is_new FROM sync_answer WHERE account_id = ? AND key = ? AND made_at > ?",
            account, key, moment
        ) { row in
            Answer(request: row.blob(0), file: row.integer(1), version: row.integer(2), conflict: row.optionalInteger(3),
                   isMerged: row.integer(4) != 0, isNew: row.integer(5) != 0)
        }
    }

    func keep(_ answer: Answer, to key: [UInt8], of account: Int, at moment: Int) throws {
        try database.run(
            """
            INSERT INTO sync_answer (account_id, key, request, file_id, version, conflict_id, is_merged, is_new, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, key) DO UPDATE SET request = excluded.request, file_id = excluded.file_id, version = excluded.version,
                conflict_id = excluded.conflict_id, is_merged = excluded.is_merged, is_new = excluded.is_new, made_at = excluded.made_at
            """, account, key, answer.request, answer.file, answer.version, answer.conflict, answer.isMerged, answer.isNew, moment)
    }

    /// Adds seconds to all times, up to `now`.
    func rejuvenate(by seconds: Int, now: Int) throws {
        try database.run("UPDATE sync_answer SET made_at = CASE WHEN made_at + ?1 < ?2 THEN made_at + ?1 ELSE ?2 END", seconds, now)
    }

    func remove(before moment: Int) throws -> Int { try database.run("DELETE FROM sync_answer WHERE made_at < ?", moment) }
}
