// While rows are moved to another database, and ever after, this one refuses changes: each table has triggers that do so, which every process
// that has the file open obeys, and the schema's number is negative, by which that is seen without a query more.

import Database

extension Connection: MovableDatabase {
    private static let trigger = "refuse_while_moving"

    /// (Tables of FTS5 are written through the index's own name, and a virtual table has no triggers.)
    public var tableNames: Set<String> {
        get throws {
            Set(try all("""
                SELECT name FROM sqlite_schema AS a WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND sql NOT LIKE 'CREATE VIRTUAL%'
                    AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%' AND a.name LIKE name || '!_%' ESCAPE '!')
                """) { $0.text(0) })
        }
    }

    public func refuseChanges(_ isOn: Bool) throws {
        let version = try schemaVersion
        for table in try tableNames.sorted() {
            for event in ["INSERT", "UPDATE", "DELETE"] {
                let name = "\(Self.trigger)_\(table)_\(event)"
                try execute("DROP TRIGGER IF EXISTS \(name)")
                guard isOn else { continue }
                try execute("CREATE TRIGGER \(name) BEFORE \(event) ON \(table) BEGIN SELECT RAISE(ABORT, '\(DatabaseError.movingWords)'); END")
            }
        }
        try execute("PRAGMA user_version = \(isOn ? -version : version)")
    }

    /// Rows come in an order of their own, and are looked at together (`pragma_foreign_key_check`); not within a transaction.
    public func ignoreReferences() throws { try execute("PRAGMA foreign_keys = OFF") }

    /// Writes what the log holds into the file, as far as nobody reads what was before.
    public func emptyLog() throws { _ = try first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) } }

    /// The same, and leaves no other file beside it, so that it can get another name. Nobody else has it open.
    public func becomeOneFile() throws {
        try emptyLog()
        try execute("PRAGMA journal_mode = DELETE")
    }
}
