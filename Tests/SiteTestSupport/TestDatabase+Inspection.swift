// What tests look at or change behind the services' backs, in each engine's words.

import Database
import MediaStore

extension TestDatabase {
    /// The site's tables but for the index of names; slots of counters belong to their tables.
    public func tables() throws -> [String] {
        try connection.all(connection.engine == .sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'file!_search%' ESCAPE '!'"
            : "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('file_search', 'schema_version', 'lease', 'removal', 'node', 'settings_version') AND right(tablename::text, 5) <> '_slot'") { $0.text(0) }
    }

    /// All rows of a table as texts, in the order of these.
    public func rows(of table: String) throws -> [String] {
        var row = "one::text"
        if connection.engine == .sqlite {
            row = try connection.all("SELECT 'quote(' || name || ')' FROM pragma_table_info(?)", table) { $0.text(0) }.joined(separator: " || ',' || ")
        }
        return try connection.all("SELECT \(row) FROM \(SlottedTable.source(of: table, in: connection)) AS one ORDER BY 1") { $0.text(0) }
    }

    /// Calls `body` for each number, in transactions of some hundred: in one of thousands PostgreSQL goes at each change of a counter through
    /// all the values that this had in the same transaction.
    public func inPieces(_ numbers: Range<Int>, _ body: (Int) throws -> Void) throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 250) {
            try connection.write { for number in start..<min(start + 250, numbers.upperBound) { try body(number) } }
        }
    }

    /// For thousands of rows whose counters are of no interest.
    public func runWithoutTriggers(_ text: String) throws {
        try connection.write { try connection.withoutTriggers { try connection.run(text) } }
    }

    /// Indexes of a table but for those that its definition makes.
    public func indexes(of table: String) throws -> [String] {
        try connection.all(connection.engine == .sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
            : "SELECT c.relname::text FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = (?::text)::regclass AND NOT indisunique",
            table) { $0.text(0) }
    }

    /// The next row of a table has the `id` behind this one.
    public func setLastID(_ id: Int, of table: String) throws {
        switch connection.engine {
        case .sqlite: try connection.run("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", id, table)
        case .postgresql: _ = try connection.has("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", table, id)
        }
    }

    /// Tables that count the ids of their rows, and never give one twice. (PostgreSQL counts where SQLite only takes the next free one.)
    public func countedTables() throws -> [String] {
        try connection.all(connection.engine == .sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% AUTOINCREMENT%' ORDER BY 1"
            : "SELECT replace(sequencename, '_id_seq', '')::text FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1") { $0.text(0) }
    }

    /// The last `id` that the engine counted; 0 for none.
    public func lastID(of table: String) throws -> Int {
        try connection.first(connection.engine == .sqlite
            ? "SELECT seq FROM sqlite_sequence WHERE name = ?"
            : "SELECT COALESCE(last_value, 0) FROM pg_sequences WHERE sequencename = ? || '_id_seq'", table) { $0.integer(0) } ?? 0
    }

    /// Whether the engine finds its files in order. (PostgreSQL has checks for those who suspect something.)
    public func isSound() throws -> Bool {
        try connection.engine == .postgresql || connection.first("PRAGMA integrity_check") { $0.text(0) } == "ok"
    }
}
