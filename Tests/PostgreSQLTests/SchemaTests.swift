import Database
import MediaStore
@testable import PostgreSQL
import Site
import SQLite
import TestSupport
import Testing

/// A new site's database on both engines.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct SchemaTests {
    let small: Connection
    let large: ServerConnection

    private var both: [any Database] { [small, large] }

    init() throws {
        small = try Connection(path: ":memory:", creates: true)
        try small.migrate(SiteSchema.migrations)
        large = try ServerConnection(try #require(DatabaseServer.shared).makeDatabase())
        try ServerSchema.make(on: large)
    }

    private func names(_ type: String) throws -> [String] {
        try small.all(
            "SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'file!_search%' ESCAPE '!' ORDER BY name",
            type) { $0.text(0) }
    }

    @Test func everythingIsThere() throws {
        #expect(try large.all("SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgname <> 'settings_version_grows' ORDER BY tgname") { $0.text(0) } == names("trigger"))
        let indexes = try large.all("SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public'") { $0.text(0) }
        #expect(try Set(names("index")).subtracting(indexes).isEmpty)
        for table in try names("table") {
            let columns = try small.all("SELECT name, \"notnull\" OR pk > 0 FROM pragma_table_info(?)", table) { "\($0.text(0)) \($0.integer(1))" }
            let found = try large.all(
                "SELECT column_name::text, is_nullable = 'NO' FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position", table) {
                "\($0.text(0)) \($0.integer(1))"
            }
            #expect(found == columns, "\(table)")
        }
        #expect(try large.first("SELECT version FROM schema_version") { $0.integer(0) } == SiteSchema.known)
    }

    /// All rows, as texts in the order of these.
    private func rows(_ database: any Database) throws -> [String: [String]] {
        var all: [String: [String]] = [:]
        for table in try names("table") {
            let columns = try small.all("SELECT name FROM pragma_table_info(?)", table) { $0.text(0) }
            all[table] = try database.all("SELECT \(columns.joined(separator: ", ")) FROM \(SlottedTable.source(of: table, in: database))") { row in
                columns.indices.map { row.isNull($0) ? "-" : columns[$0].contains("sha") || columns[$0].contains("hash") ? "\(row.blob($0))" : row.text($0) }
                    .joined(separator: " ")
            }.sorted()
        }
        return all
    }

    private func expectSame(_ step: String) throws {
        let (expected, found) = try (rows(small), rows(large))
        for table in expected.keys { #expect(found[table] == expected[table], "\(table) after \(step)") }
    }

    private static let insert = """
        INSERT INTO file (account_id, path, original_name, type, kind, size, duration, sha256, sent_sha256, is_public, views, created_at, key_id, former_of)
        VALUES (?1, ?2, 'a', ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?1, ?11)
        """

    /// One row of many kinds: of an account or nobody's, public or not, a former one or not.
    private func add(_ number: Int, to database: any Database) throws {
        try database.run(
            Self.insert, number % 3 == 0 ? nil : number % 3, "p/\(number)", number % 2 == 0 ? "image/png" : "video/mp4",
            number % 2 == 0 ? "image" : "video", number * 1_000, number % 2 == 0 ? nil : 0.5, [UInt8(number)], number % 4 != 0, number % 5,
            1_700_000_000 + number, number % 7 == 0 ? 1 : nil as Int?)
    }

    @Test func triggersDoTheSame() throws {
        try expectSame("the beginning")
        for database in both {
            for name in ["anna", "Bert"] {
                try database.run("INSERT INTO account (name, password_hash, role, created_at) VALUES (?, '', 'user', 0)", name)
            }
            try database.run("UPDATE derived SET next_id = 1000")
            try database.run("INSERT INTO day_count VALUES ('image', 1600000000, 4000000000, 202311, 0, 0, 0, 0)")
            try database.run("INSERT INTO shelf (ordering, low_key, low_id, count) VALUES ('size', 9000, 0, 0)")
            for number in 1...20 { try add(number, to: database) }
        }
        try expectSame("insertions")
        let steps = [
            "UPDATE file SET state = 2 WHERE id % 3 = 0", "UPDATE file SET state = 0 WHERE id % 6 = 0", "UPDATE file SET is_public = 1 - is_public WHERE id % 5 = 0",
            "UPDATE file SET views = views + 7 WHERE id > 10", "UPDATE file SET size = size + 1, type = 'image/webp' WHERE kind = 'image'",
            "UPDATE file SET account_id = 2 WHERE account_id = 1", "UPDATE file SET created_at = 5 WHERE id = 8", "DELETE FROM file WHERE id IN (1, 2, 9, 12)",
        ]
        for step in steps {
            for database in both { try database.run(step) }
            try expectSame(step)
        }
    }

    @Test func whatSQLiteRefusesIsRefused() throws {
        for database in both {
            try database.run("INSERT INTO account (name, password_hash, role, created_at) VALUES ('anna', '', 'user', 0)")
            try database.run("INSERT INTO sync_file (account_id, file_key) VALUES (1, 'k')")
            let refused = [
                "INSERT INTO account (name, password_hash, role, created_at) VALUES ('ANNA', '', 'user', 0)",
                "INSERT INTO account (name, password_hash, role, created_at) VALUES ('b', '', 'king', 0)",
                "INSERT INTO sync_file (account_id, file_key) VALUES (9, 'k')",
                "INSERT INTO sync_version (file_id, version, kind, size, device_id, message, created_at) VALUES (1, 2, 1, 0, '', '', 0)",
            ]
            for statement in refused {
                do {
                    try database.run(statement)
                    Issue.record("done: \(statement)")
                } catch { #expect((error as? DatabaseError)?.kind == .constraint, "\(error)") }
            }
            try database.run("INSERT INTO sync_version (file_id, version, kind, size, device_id, message, created_at) VALUES (1, 1, 1, 0, '', '', 0)")
            #expect(try database.has("SELECT 1 FROM account WHERE name = ?", "Anna"))
        }
    }

    /// One place names the tables that have slots; the triggers are what fills them.
    @Test func whatTriggersAddToHasSlots() throws {
        var sums: [String: Set<String>] = [:]
        for trigger in try small.all("SELECT sql FROM sqlite_schema WHERE type = 'trigger'", make: { $0.text(0) }) {
            for table in SchemaText.countingTables(trigger) { sums[table, default: []].insert(trigger) }
        }
        #expect(Set(sums.keys) == Set(SlottedTable.all.map(\.name)))
        for table in SlottedTable.all {
            let columns = try small.all("SELECT name, pk FROM pragma_table_info(?)", table.name) { ($0.text(0), $0.integer(1)) }
            #expect(columns.filter { $0.1 > 0 }.sorted { $0.1 < $1.1 }.map(\.0) == table.key)
            #expect(Set(columns.map(\.0)) == Set(table.key + table.sums + table.rest))
        }
    }

    @Test func withoutTriggersNothingIsCounted() throws {
        for database in both {
            try database.write { try database.withoutTriggers { for number in [3, 6] { try add(number, to: database) } } }
        }
        try expectSame("insertions")
        for database in both { try add(9, to: database) }
        try expectSame("one with triggers")
    }

    @Test func aSchemaIsMadeOnceAndWhole() throws {
        #expect(throws: DatabaseError.self) { try ServerSchema.make(on: large) }
        let empty = try ServerConnection(try #require(DatabaseServer.shared).makeDatabase())
        try empty.execute("CREATE TABLE session (id bigint)")
        #expect(throws: DatabaseError.self) { try ServerSchema.make(on: empty) }
        #expect(try empty.first("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'") { $0.integer(0) } == 1)
    }
}
