// A new site's database on PostgreSQL: what the migrations leave in an empty database of SQLite, in PostgreSQL's words.

import Database
import PostgreSQL
import SQLite

/// The schema of a site's database on a server.
public enum ServerSchema {
    /// The index of names is each engine's own (`NameSearch`).
    private static let searchTables = "file_search"
    private static let search = """
        CREATE TABLE file_search (rowid bigint PRIMARY KEY, original text COLLATE "C" NOT NULL, stored text COLLATE "C" NOT NULL);
        CREATE INDEX file_search_pairs ON file_search USING gin (string_to_array(original, ' '), string_to_array(stored, ' '))
        """

    /// Makes the schema, with the rows that a new site has, in an empty database and in one transaction.
    ///
    /// - Throws: `DatabaseError`; nothing is made then.
    public static func make(on server: ServerConnection) throws { try make(SiteSchema.known, on: server) }

    /// - Parameter version: of the schema.
    static func make(_ version: Int, on server: ServerConnection) throws {
        let model = try model(version)
        try server.write {
            try server.execute(SchemaText.collation)
            for definition in try definitions(model) { try server.execute(SchemaText.translated(definition)) }
            try server.execute(search)
            try addMissing(on: server)
            try addMissingSlots(on: server)
            // (Triggers would count them once more.)
            try server.withoutTriggers { for table in try tables(model) { try copyRows(of: table, from: model, to: server) } }
            try server.execute("CREATE TABLE schema_version (version bigint NOT NULL); INSERT INTO schema_version VALUES (\(version))")
        }
    }

    /// What SQLite has at a version of the schema.
    static func model(_ version: Int) throws -> Connection {
        let model = try Connection(path: ":memory:", creates: true)
        try model.migrate(Array(SiteSchema.migrations.prefix(version)))
        return model
    }

    /// The condition of what is translated.
    static let own = "sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '\(searchTables)%'"

    /// Tables first, then indexes, then triggers, each in their order.
    private static func definitions(_ model: Connection) throws -> [String] {
        try model.all("SELECT sql FROM sqlite_schema WHERE \(own) ORDER BY type = 'trigger', type = 'index', rowid") { $0.text(0) }
    }

    private static func tables(_ model: Connection) throws -> [String] {
        try model.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND \(own) ORDER BY rowid") { $0.text(0) }
    }

    private static func copyRows(of table: String, from model: Connection, to server: ServerConnection) throws {
        let columns = try model.all("SELECT name, type FROM pragma_table_info(?)", table) { (name: $0.text(0), type: $0.text(1)) }
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        try model.each("SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(table)", with: []) { row in
            let values = columns.indices.map { value(row, $0, columns[$0].type) }
            _ = try server.run("INSERT INTO \(table) VALUES (\(places))", with: values)
            return true
        }
    }

    private static func value(_ row: Row, _ column: Int, _ type: String) -> any Bindable {
        switch type {
        case "INTEGER": row.optionalInteger(column)
        case "REAL": row.optionalReal(column)
        case "BLOB": row.isNull(column) ? [UInt8]?.none : row.blob(column)
        default: row.optionalText(column)
        }
    }
}
