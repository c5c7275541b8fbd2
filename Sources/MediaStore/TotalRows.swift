// The statements on the tables `type_total` and `key_total`, which triggers keep.

import Database
import Media

struct TotalRows {
    let database: any Database

    func add(_ row: DerivingRow) throws {
        try database.run(
            """
            INSERT INTO type_total (type, files, bytes) VALUES (?, 1, ?)
            ON CONFLICT (type) DO UPDATE SET files = type_total.files + 1, bytes = type_total.bytes + excluded.bytes
            """, row.type.rawValue, row.size)
        try database.run(
            """
            INSERT INTO key_total (key_id, files, bytes) VALUES (?, 1, ?)
            ON CONFLICT (key_id) DO UPDATE SET files = key_total.files + 1, bytes = key_total.bytes + excluded.bytes
            """, row.key ?? 0, row.size)
    }

    func removeAll() throws {
        try database.run("DELETE FROM type_total")
        try database.run("DELETE FROM key_total")
    }

    /// The most files first.
    func types() throws -> [TypeTotal] {
        try database.all("SELECT type, files, bytes FROM type_total WHERE files > 0 ORDER BY files DESC, type") { row in
            MediaType(rawValue: row.text(0)).map { TypeTotal(type: $0, files: row.integer(1), bytes: row.integer(2)) }
        }.compactMap { $0 }
    }

    /// The most files first.
    func keys(atMost count: Int) throws -> [KeyTotal] {
        try database.all("SELECT key_id, files, bytes FROM key_total WHERE files > 0 ORDER BY files DESC, key_id LIMIT ?", count) { row in
            KeyTotal(key: row.integer(0) == 0 ? nil : row.integer(0), files: row.integer(1), bytes: row.integer(2))
        }
    }

    /// Removes totals of nothing; the triggers make them again.
    func removeEmpty() throws {
        try database.run("DELETE FROM type_total WHERE files = 0 AND bytes = 0")
        try database.run("DELETE FROM key_total WHERE files = 0 AND bytes = 0")
    }
}
