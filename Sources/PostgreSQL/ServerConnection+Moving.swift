// While rows are moved to another database, and ever after, this one refuses changes, on whatever node a program runs: each table has a trigger
// that does so, and the schema's number is negative, by which that is seen without a query more.

import Database

extension ServerConnection: MovableDatabase {
    private static let trigger = "refuse_while_moving"

    /// What belongs to nodes and not to the site: it is not moved, and nodes go on writing it.
    private static let ofNodes: Set = ["lease", "node", "schema_version"]

    public var schemaVersion: Int { get throws { try abs(schemaMark) } }

    public var tableNames: Set<String> {
        get throws { Set(try all("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()") { $0.text(0) }) }
    }

    /// (A trigger waits for those who are changing its table.)
    public func refuseChanges(_ isOn: Bool) throws {
        let tables = try tableNames.subtracting(Self.ofNodes).sorted()
        for table in tables { try execute("DROP TRIGGER IF EXISTS \(Self.trigger) ON \(table)") }
        try execute("DROP FUNCTION IF EXISTS \(Self.trigger)()")
        if isOn {
            try execute("""
                CREATE FUNCTION \(Self.trigger)() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
                    RAISE EXCEPTION '\(DatabaseError.movingWords)' USING ERRCODE = '\(DatabaseError.movingState)';
                END $body$
                """)
            for table in tables {
                try execute("""
                    CREATE TRIGGER \(Self.trigger) BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON \(table) FOR EACH STATEMENT
                        EXECUTE FUNCTION \(Self.trigger)()
                    """)
            }
        }
        try execute("UPDATE schema_version SET version = \(isOn ? "-" : "")abs(version)")
    }

    /// In a write transaction: removes every table, function and collation that this user made here (and no extension made).
    public func removeAll() throws {
        for table in try tableNames.sorted() { try execute("DROP TABLE \(table) CASCADE") }
        let functions = try all("""
            SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proowner = current_user::regrole
                AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
            """) { $0.text(0) }
        for function in functions { try execute("DROP FUNCTION \(function) CASCADE") }
        try execute("DROP COLLATION IF EXISTS nocase")
    }

    /// Bytes that the database takes on the server.
    public var size: Int { get throws { try first("SELECT pg_database_size(current_database())") { $0.integer(0) } ?? 0 } }
}
