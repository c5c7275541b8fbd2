// The statements on the tables `upload_record` (the sender of a file) and `upload_count` (uploads by day and address).

import Database
import Media

struct SenderRows {
    let database: any Database

    // By file

    func sender(of file: Int) throws -> Sender? {
        try database.first("SELECT address, port, user_agent, way FROM upload_record WHERE file_id = ?", file) { Sender($0, from: 0) }
    }

    /// The senders of files that came after a moment, among those of the last `limit` files.
    func senders(since moment: Int, limit: Int) throws -> [Sender] {
        try database.all(
            """
            SELECT address, port, user_agent, way FROM (SELECT * FROM upload_record ORDER BY file_id DESC LIMIT ?) AS recent
            JOIN file ON id = file_id WHERE created_at > ? ORDER BY file_id DESC
            """, limit, moment) { Sender($0, from: 0) }
    }

    func insert(_ sender: Sender, of file: Int) throws {
        try database.run("INSERT INTO upload_record VALUES (?, ?, ?, ?, ?)", file, sender.address, sender.port, sender.userAgent, sender.way)
    }

    /// Stores the sender of one file, if there is any, with another too.
    func copy(of file: Int, to other: Int) throws {
        try database.run("INSERT INTO upload_record SELECT ?, address, port, user_agent, way FROM upload_record WHERE file_id = ?", other, file)
    }

    func replace(of file: Int, by sender: Sender) throws {
        try database.run("DELETE FROM upload_record WHERE file_id = ?", file)
        try insert(sender, of: file)
    }

    /// - Returns: false if the file has no row, or its sender is stored already.
    func insert(_ sender: Sender, ofFileAt path: StoredPath) throws -> Bool {
        try database.run("INSERT INTO upload_record SELECT id, ?, ?, ?, ? FROM file WHERE path = ? ON CONFLICT (file_id) DO NOTHING",
                         sender.address, sender.port, sender.userAgent, sender.way, path.text) == 1
    }

    func isSender(knownOfFileAt path: StoredPath) throws -> Bool {
        try database.has("SELECT 1 FROM upload_record JOIN file ON file_id = file.id WHERE path = ?", path.text)
    }

    // By day, such as "2025-07-28"

    func count(on day: String, from address: String) throws -> Int {
        try database.first("SELECT count FROM upload_count WHERE day = ? AND address = ?", day, address) { $0.integer(0) } ?? 0
    }

    func counts() throws -> [(day: String, address: String, count: Int)] {
        try database.all("SELECT day, address, count FROM upload_count ORDER BY day, address") {
            ($0.text(0), $0.text(1), $0.integer(2))
        }
    }

    /// Checks and counts in one statement, so that concurrent uploads cannot exceed the limit.
    ///
    /// - Returns: false if the limit is reached; nothing is counted then.
    func countOneMore(on day: String, from address: String, limit: Int) throws -> Bool {
        try database.run(
            """
            INSERT INTO upload_count VALUES (?, ?, 1)
            ON CONFLICT (day, address) DO UPDATE SET count = upload_count.count + 1 WHERE upload_count.count < ?
            """, day, address, limit) == 1
    }

    func countOneLess(on day: String, from address: String) throws {
        try database.run("UPDATE upload_count SET count = count - 1 WHERE day = ? AND address = ? AND count > 0", day, address)
    }

    /// A higher count that is stored already stays.
    func setCount(_ count: Int, on day: String, from address: String) throws {
        try database.run(
            """
            INSERT INTO upload_count VALUES (?, ?, ?)
            ON CONFLICT (day, address) DO UPDATE SET count = excluded.count WHERE upload_count.count < excluded.count
            """, day, address, count)
    }

    func forgetCounts(before day: String) throws { try database.run("DELETE FROM upload_count WHERE day < ?", day) }
}

extension Sender {
    init(_ row: Row, from column: Int) {
        self.init(address: row.text(column), port: row.optionalInteger(column + 1), userAgent: row.text(column + 2), way: row.text(column + 3))
    }
}
