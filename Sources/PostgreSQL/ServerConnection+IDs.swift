// The ids that PostgreSQL counts: each identity has a sequence.

import Database

extension ServerConnection {
    /// (What a sequence has passed over stays passed over also where the transaction fails.)
    public func passOver(_ gap: IDGap) throws {
        try write {
            for table in try countedTables() where !gap.spared.contains(table) { try setLastID(gap.end(after: lastID(of: table)), of: table) }
        }
    }

    public var lastIDs: [String: Int] {
        get throws { Dictionary(uniqueKeysWithValues: try countedTables().map { ($0, try lastID(of: $0)) }) }
    }

    /// (A sequence that has given nothing stays so.)
    public func goOn(after ids: [String: Int]) throws {
        for table in try countedTables() {
            let last = try first("SELECT COALESCE(MAX(id), 0) FROM \(table)") { $0.integer(0) } ?? 0
            let id = try max(last, lastID(of: table), ids[table] ?? 0)
            if id > 0 { try setLastID(id, of: table) }
        }
    }

    private func countedTables() throws -> [String] {
        try all("""
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES' ORDER BY table_name
            """) { $0.text(0) }
    }

    private func lastID(of table: String) throws -> Int {
        try first("SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(?, 'id')::regclass), 0)", table) { $0.integer(0) } ?? 0
    }

    private func setLastID(_ id: Int, of table: String) throws { _ = try has("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", table, id) }
}
