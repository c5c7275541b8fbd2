// The slots of counters (`SlottedTable`), which only a database on a server has: beside each table that triggers add to the table of its slots, and
// a view of what both come to. The table itself is as SQLite has it, so that what writes to it needs to know of no slots.

import Database
import MediaStore
import PostgreSQL
import SQLite

extension ServerSchema {
    /// The tables that have no slots, of those that are there.
    static func missingSlots(on server: ServerConnection) throws -> [SlottedTable] {
        let names = SlottedTable.all.map { "\($0.name) \(Slots.table(of: $0.name))" }.joined(separator: ",")
        let missing = try server.all("""
            SELECT split_part(names, ' ', 1) FROM unnest(string_to_array(?, ',')) AS names
            WHERE to_regclass(split_part(names, ' ', 1)) IS NOT NULL AND to_regclass(split_part(names, ' ', 2)) IS NULL
            """, names) { $0.text(0) }
        return SlottedTable.all.filter { missing.contains($0.name) }
    }

    /// Within a transaction.
    ///
    /// - Returns: whether some were missing, so that there may be triggers that know none.
    @discardableResult
    static func addMissingSlots(on server: ServerConnection) throws -> Bool {
        let missing = try missingSlots(on: server)
        for table in missing { try server.execute(definition(table)) }
        return !missing.isEmpty
    }

    /// Makes the triggers that count anew, as this program has them. Within a transaction.
    static func renewCountingTriggers(on server: ServerConnection) throws {
        for trigger in try definitions(of: "trigger", in: model(SiteSchema.known)) where !SchemaText.countingTables(trigger.text).isEmpty {
            try server.execute("\(removal(trigger)); \(SchemaText.translated(trigger.text))")
        }
    }

    /// (A slot without its counter would be counted by nobody.)
    private static func definition(_ table: SlottedTable) -> String {
        let (name, slots, key) = (table.name, Slots.table(of: table.name), table.key.joined(separator: ", "))
        let sums = table.sums.joined(separator: ", ")
        let changes = ["ADD COLUMN \(Slots.column) bigint NOT NULL", "ADD PRIMARY KEY (\(key), \(Slots.column))",
                       "ADD FOREIGN KEY (\(key)) REFERENCES \(name) ON DELETE CASCADE"]
            + table.sums.map { "ALTER COLUMN \($0) SET DEFAULT 0, ALTER COLUMN \($0) SET NOT NULL" }
        let columns = table.rest.map { "MAX(\($0)) AS \($0)" } + table.sums.map { "SUM(\($0))::bigint AS \($0)" }
        let index = table.capacity.map { "CREATE INDEX \(slots)_full ON \(slots) (\(key)) WHERE \(sums) > \($0);" }
        return """
            CREATE TABLE \(slots) AS SELECT \(key), \(sums) FROM \(name) WITH NO DATA;
            ALTER TABLE \(slots) \(changes.joined(separator: ", "));
            \(index ?? "")
            CREATE VIEW \(Slots.sum(of: name)) AS SELECT \(key), \(columns.joined(separator: ", ")) FROM (
                SELECT \((table.key + table.rest + table.sums).joined(separator: ", ")) FROM \(name)
                UNION ALL SELECT \((table.key + table.rest.map { _ in "NULL" } + table.sums).joined(separator: ", ")) FROM \(slots)) AS part
                GROUP BY \(key)
            """
    }
}
