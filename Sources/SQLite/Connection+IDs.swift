// The ids that SQLite counts. `sqlite_sequence` has the last one of each table with AUTOINCREMENT, once that had a row.

import Database

extension Connection {
    public func passOver(_ gap: IDGap) throws {
        try write {
            for table in try countedTables() where !gap.spared.contains(table) { try setLastID(gap.end(after: lastID(of: table)), of: table) }
        }
    }

    public var lastIDs: [String: Int] {
        get throws { Dictionary(uniqueKeysWithValues: try countedTables().map { ($0, try lastID(of: $0)) }) }
    }

    public func goOn(after ids: [String: Int]) throws {
        for table in try countedTables() {
            let last = try first("SELECT COALESCE(MAX(id), 0) FROM \(table)") { $0.integer(0) } ?? 0
            try setLastID(max(last, lastID(of: table), ids[table] ?? 0), of: table)
        }
    }

    private func countedTables() throws -> [String] {
        try all("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' ORDER BY name") { $0.text(0) }
    }

    private func lastID(of table: String) throws -> Int {
        try first("SELECT seq FROM sqlite_sequence WHERE name = ?", table) { $0.integer(0) } ?? 0
    }

    /// (A table that is empty since it was made has no row there.)
    private func setLastID(_ id: Int, of table: String) throws {
        guard try run("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", id, table) == 0 else { return }
        try run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, id)
    }
}
