// The statements on the tables `type_total`, `key_total` and `account_total`, which triggers keep. To what they hold come the rows that
// wait to be counted.

import Database
import Media

struct TotalRows {
    let database: any Database

    func add(_ rows: [DerivingRow]) throws {
        let kept = rows.filter(\.isKept)
        for (type, sum) in Sum.all(of: kept, by: \.type) {
            try database.run(
                """
                INSERT INTO type_total (type, files, bytes) VALUES (?, ?, ?)
                ON CONFLICT (type) DO UPDATE SET files = type_total.files + excluded.files, bytes = type_total.bytes + excluded.bytes
                """, type.rawValue, sum.files, sum.bytes)
        }
        for (key, sum) in Sum.all(of: kept, by: { $0.key ?? 0 }) {
            try database.run(
                """
                INSERT INTO key_total (key_id, files, bytes) VALUES (?, ?, ?)
                ON CONFLICT (key_id) DO UPDATE SET files = key_total.files + excluded.files, bytes = key_total.bytes + excluded.bytes
                """, key, sum.files, sum.bytes)
        }
    }

    /// To the total of each account.
    func addOwned(_ rows: [DerivingRow]) throws {
        for (owner, sum) in Sum.all(of: rows.filter(\.isKept), by: \.owner) {
            guard let owner else { continue }
            try database.run(
                """
                INSERT INTO account_total (account_id, files, bytes, views) VALUES (?, ?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET files = account_total.files + excluded.files, bytes = account_total.bytes + excluded.bytes,
                    views = account_total.views + excluded.views
                """, owner, sum.files, sum.bytes, sum.views)
        }
    }

    private struct Sum {
        var files = 0
        var bytes = 0
        var views = 0

        static func all<Key: Hashable>(of rows: [DerivingRow], by key: (DerivingRow) -> Key) -> [Key: Sum] {
            rows.reduce(into: [:]) { sums, row in
                sums[key(row), default: Sum()].files += 1
                sums[key(row), default: Sum()].bytes += row.size
                sums[key(row), default: Sum()].views += row.views
            }
        }
    }

    func removeAll() throws {
        try database.run("DELETE FROM type_total")
        try database.run("DELETE FROM key_total")
    }

    /// What the totals lack, as another part of them. (The sign keeps SQLite from an index by the other condition, of which it would read all rows.)
    private func waiting(by key: String) -> String {
        guard WaitingRows(database: database).canBe else { return "" }
        return "UNION ALL SELECT \(key), 1, size FROM file WHERE \(WaitingRows.condition) AND +\(FileRows.isKept)"
    }

    /// The most files first.
    func types() throws -> [TypeTotal] {
        try database.all(
            """
            SELECT type, SUM(files), SUM(bytes) FROM (
                SELECT type, files, bytes FROM \(database.summed("type_total")) \(waiting(by: "type"))) AS part
            GROUP BY type HAVING SUM(files) > 0 ORDER BY SUM(files) DESC, type
            """) { row in
            MediaType(rawValue: row.text(0)).map { TypeTotal(type: $0, files: row.integer(1), bytes: row.integer(2)) }
        }.compactMap { $0 }
    }

    /// The most files first.
    func keys(atMost count: Int) throws -> [KeyTotal] {
        try database.all(
            """
            SELECT key_id, SUM(files), SUM(bytes) FROM (
                SELECT key_id, files, bytes FROM \(database.summed("key_total")) \(waiting(by: "COALESCE(key_id, 0)"))) AS part
            GROUP BY key_id HAVING SUM(files) > 0 ORDER BY SUM(files) DESC, key_id LIMIT ?
            """, count) { row in
            KeyTotal(key: row.integer(0) == 0 ? nil : row.integer(0), files: row.integer(1), bytes: row.integer(2))
        }
    }

    /// Removes totals of nothing; the triggers make them again.
    func removeEmpty() throws {
        for table in [SlottedTable.typeTotal, .keyTotal] { try SlotRows(database: database).addUpAll(table) }
        try database.run("DELETE FROM type_total WHERE files = 0 AND bytes = 0")
        try database.run("DELETE FROM key_total WHERE files = 0 AND bytes = 0")
    }
}
