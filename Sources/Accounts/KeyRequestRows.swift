// The statements on the table `key_request`: which form made which key.

import Database

struct KeyRequestRows {
    let database: any Database

    /// The key that a form has made.
    func key(of digest: [UInt8]) throws -> Int? {
        try database.first("SELECT key_id FROM key_request WHERE hash = ?", digest) { $0.integer(0) }
    }

    func insert(_ digest: [UInt8], key: Int, endsAt: Int) throws {
        try database.run("INSERT INTO key_request VALUES (?, ?, ?)", digest, key, endsAt)
    }

    func removeEnded(_ moment: Int) throws { try database.run("DELETE FROM key_request WHERE ends_at <= ?", moment) }
}
