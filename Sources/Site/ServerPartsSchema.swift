// What only a database on a server has, beside the tables that SQLite's migrations describe and slots of counters (`ServerSlotsSchema`).
// A database that was made before one of them came gets it from the next `imagebed setup`.

import Database
import PostgreSQL

extension ServerSchema {
    /// A table or a column that only servers have.
    private struct Part {
        /// "lease.token": by this column it is seen whether the part is there.
        let column: String
        let definition: String
    }

    private static let parts = [
        // Whose turn it is at what all nodes do (`LeaseRows`).
        Part(column: "lease.name",
             definition: #"CREATE TABLE lease (name text COLLATE "C" PRIMARY KEY, node text COLLATE "C" NOT NULL, ends_at bigint NOT NULL)"#),
        Part(column: "lease.token", definition: #"ALTER TABLE lease ADD COLUMN token text COLLATE "C" NOT NULL DEFAULT ''"#),
        // What the files of other nodes lost, and how far each node has followed (`NodeRows`).
        Part(column: "removal.id",
             definition: #"CREATE TABLE removal (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text COLLATE "C" NOT NULL, at bigint NOT NULL)"#),
        Part(column: "node.name", definition: """
            CREATE TABLE node (name text COLLATE "C" PRIMARY KEY, removal bigint NOT NULL, settings bigint NOT NULL, seen_at bigint NOT NULL)
            """),
        // Grows with each change of a setting, whoever makes it.
        Part(column: "settings_version.version", definition: """
            CREATE TABLE settings_version (version bigint NOT NULL);
            INSERT INTO settings_version VALUES (0);
            CREATE FUNCTION settings_version_grows() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
                UPDATE settings_version SET version = version + 1;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER settings_version_grows AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH STATEMENT
                EXECUTE FUNCTION settings_version_grows()
            """),
    ]

    /// The parts that are not there.
    private static func missingParts(on server: ServerConnection) throws -> [Part] {
        let missing = try server.all("""
            SELECT part FROM unnest(string_to_array(?, ' ')) AS part WHERE NOT EXISTS (SELECT 1 FROM pg_attribute
                WHERE attrelid = to_regclass(split_part(part, '.', 1)) AND attname = split_part(part, '.', 2) AND NOT attisdropped)
            """, parts.map(\.column).joined(separator: " ")) { $0.text(0) }
        return parts.filter { missing.contains($0.column) }
    }

    /// The columns, each with its table, that a database has not because an earlier version of this program made it: "lease.token".
    public static func missing(on server: ServerConnection) throws -> [String] {
        try missingParts(on: server).map(\.column) + missingSlots(on: server).map { "\(Slots.table(of: $0.name)).\(Slots.column)" }
    }

    /// Within a transaction.
    static func addMissing(on server: ServerConnection) throws { for part in try missingParts(on: server) { try server.execute(part.definition) } }

    /// - Throws: `IncompleteDatabase`.
    static func requireParts(of data: DataFolder, on server: ServerConnection) throws {
        let missing = try missing(on: server)
        guard missing.isEmpty else { throw IncompleteDatabase(data: data.path, missing: missing) }
    }
}

/// A database on a server was made by a version of this program that did not have all tables yet.
public struct IncompleteDatabase: Error, CustomStringConvertible {
    let data: String
    let missing: [String]

    /// With the command that adds them.
    public var description: String {
        "the database was made before this program had \(missing.joined(separator: ", ")): sudo imagebed setup --data \(data) adds that and changes nothing else"
    }
}
