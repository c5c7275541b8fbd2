import Database
import Disk
import MediaStore
@testable import PostgreSQL
@testable import Site
import TestSupport
import Testing

/// A database on a server that a node finds, makes or migrates.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct ServerMigrationTests {
    let folder = TemporaryFolder()
    let words: String

    init() throws { words = try #require(DatabaseServer.shared).makeDatabase() }

    private func node(_ name: String, secretOf other: DataFolder? = nil) throws -> DataFolder {
        let data = DataFolder("\(folder.path)/\(name)")
        try FileSystem.makeFolder(data.path)
        let root = try Folder(data.path)
        try root.replace(ClusterFile.name, with: Array("database = \(words)\n".utf8), mode: 0o600)
        if let other { try root.replace(DataFolder.secretName, with: Folder(other.path).bytes(of: DataFolder.secretName, limit: 100) ?? [], mode: 0o600) }
        return data
    }

    @Test func aSiteIsMadeOnceAndOpenedByEveryNodeWithItsSecret() throws {
        let first = try node("a")
        #expect(try !SiteSchema.exists(first) && SiteSchema.check(first) == nil)
        try SiteSchema.requireSecret(first)
        try first.create()
        #expect(throws: OtherSchema.self) { try Site(data: first) }
        #expect(try SiteSchema.update(first) == nil)
        #expect(try SiteSchema.exists(first) && SiteSchema.check(first) == SiteSchema.known && Site(data: first).hasKnownSchema())
        #expect(!FileSystem.exists(first.database))

        let second = try node("b", secretOf: first)
        try second.create()
        #expect(try SiteSchema.update(second) == nil)
        let (one, other) = try (Site(data: first), Site(data: second))
        try one.store([("deduplicate", "off")])
        #expect(try other.settings.deduplicate == false)
        try other.store([("deduplicate", "on")])
        #expect(try one.settings.deduplicate)
        try one.requireHealth()
    }

    @Test func aNodeWithAnotherSecretDoesNotStart() throws {
        let first = try node("a")
        try first.create()
        try SiteSchema.update(first)
        let second = try node("b")
        for attempt in [{ try SiteSchema.requireSecret(second) }, { _ = try SiteSchema.check(second) }] {
            let error = try #require(throws: SetupError.self) { try attempt() }
            #expect(error.description.hasPrefix("\(second.secret), the key of delete links, is missing on this node"))
        }
        #expect(try SiteSchema.check(second, replacesSecret: true) == SiteSchema.known)
        try second.create()
        for attempt in [{ _ = try Site(data: second) }, { _ = try SiteSchema.check(second) }, { _ = try SiteSchema.update(second) }] {
            let error = try #require(throws: SetupError.self) { try attempt() }
            #expect(error.description.hasPrefix("\(second.secret) is not the secret of the site"))
        }
        try SiteSchema.update(second, replacesSecret: true)
        _ = try Site(data: second)
        #expect(throws: SetupError.self) { try Site(data: first) }
    }

    @Test func aSiteWithRowsInAFileDoesNotBeginAnewOnAServer() throws {
        let data = try node("a")
        try data.create()
        try FileSystem.makeFile(data.database, mode: 0o600)
        #expect(throws: SetupError.self) { try SiteSchema.check(data) }
        #expect(throws: SetupError.self) { try SiteSchema.update(data) }
        #expect(try ServerConnection(words).schemaVersion == 0)
    }

    /// What the catalogue says of a schema.
    private func shape(_ server: ServerConnection) throws -> [[String]] {
        try [
            "SELECT table_name::text || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
            "SELECT indexdef::text FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
            "SELECT pg_get_triggerdef(oid)::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
            "SELECT pg_get_functiondef(oid)::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
        ].map { try server.all($0) { $0.text(0) } }
    }

    /// The versions whose later migrations make no table anew.
    @Test(arguments: [17, 20, 23, 24, 25, 26]) func anOlderSchemaBecomesTheSame(_ version: Int) throws {
        let (old, new) = try (ServerConnection(words), ServerConnection(#require(DatabaseServer.shared).makeDatabase()))
        try ServerSchema.make(version, on: old)
        try ServerSchema.make(on: new)
        #expect(try old.schemaVersion == version && new.schemaVersion == SiteSchema.known)
        try old.write { try ServerSchema.migrate(old, from: version) }
        #expect(try old.schemaVersion == SiteSchema.known)
        let (found, expected) = try (shape(old), shape(new))
        for (found, expected) in zip(found, expected) { #expect(Set(expected).subtracting(found).isEmpty, "\(Set(expected).subtracting(found))") }
    }

    /// A database that was made before counters had slots.
    private func makeWithoutSlots(_ version: Int, on server: ServerConnection) throws {
        try ServerSchema.make(version, on: server)
        for table in SlottedTable.all { try server.execute("DROP TABLE \(Slots.table(of: table.name)) CASCADE") }
        for trigger in try ServerSchema.definitions(of: "trigger", in: ServerSchema.model(version)) where !SchemaText.countingTables(trigger.text).isEmpty {
            let body = trigger.name == "file_uploaded" ? "UPDATE counter SET value = value + 1 WHERE name = ''uploads'';" : ""
            try server.execute("CREATE OR REPLACE FUNCTION \(trigger.name)() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN \(body) RETURN NULL; END'")
        }
    }

    @Test(arguments: [ServerSchema.firstVersion, SiteSchema.known]) func anOlderDatabaseGetsSlots(_ version: Int) throws {
        let (old, new) = try (ServerConnection(words), ServerConnection(#require(DatabaseServer.shared).makeDatabase()))
        try makeWithoutSlots(version, on: old)
        try ServerSchema.make(on: new)
        let insert = "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at) VALUES (?, '', 'png', 'image', 5, '', '', 1)"
        try old.run(insert, "a")
        #expect(try ServerSchema.missing(on: old) == SlottedTable.all.map { "\($0.name)_slot.slot" })
        try old.write { try ServerSchema.migrate(old, from: version) }
        #expect(try ServerSchema.missing(on: old) == [] && shape(old) == shape(new))
        try old.run(insert, "b")
        func value(_ table: String) throws -> Int? { try old.first("SELECT value FROM \(table) WHERE name = 'uploads'") { $0.integer(0) } }
        #expect(try value("counter") == 1 && value("counter_slot") == 1 && value("counter_sum") == 2)
    }

    /// What changes rows must say so, or it would be left out here.
    @Test func laterMigrationsChangeRowsWhereAServerHearsOfIt() {
        for migration in SiteSchema.migrations[ServerSchema.firstVersion...] {
            var isInTrigger = false
            for line in migration.script.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
                if line.hasPrefix("CREATE TRIGGER") { isInTrigger = true }
                if ["INSERT", "UPDATE", "DELETE", "REPLACE"].contains(where: { line.hasPrefix($0) }) { #expect(isInTrigger, "\(migration.name): \(line)") }
                if line.hasPrefix("END") { isInTrigger = false }
            }
        }
    }

    @Test func aNewerSchemaIsRefused() throws {
        let data = try node("a")
        try data.create()
        try SiteSchema.update(data)
        try ServerConnection(words).run("UPDATE schema_version SET version = ?", SiteSchema.known + 1)
        for attempt in [{ _ = try Site(data: data) }, { _ = try SiteSchema.check(data) }, { _ = try SiteSchema.update(data) }] {
            #expect(try #require(throws: OtherSchema.self) { try attempt() }.isNewer)
        }
    }

    /// An installation asks before it replaces any program.
    @Test func whatIsBeingMovedIsNotToBeMigrated() throws {
        let data = try node("a"), server = try ServerConnection(words)
        try data.create()
        try SiteSchema.update(data)
        func refusals() -> [DatabaseError.Kind?] { [refusal { _ = try SiteSchema.check(data) }, refusal { _ = try SiteSchema.update(data) }] }
        try server.write { try server.refuseChanges(true) }
        #expect(refusals() == [nil, nil], "nothing is to be migrated")
        #expect(refusal { _ = try SiteSchema.check(data, replacesSecret: true) } == .moving)
        try server.execute("ALTER TABLE lease DROP COLUMN token")
        #expect(refusals() == [.moving, .moving])
        try server.execute("UPDATE schema_version SET version = version + 1")
        #expect(refusals() == [.moving, .moving])
        try server.write { try server.refuseChanges(false) }
        #expect(try SiteSchema.check(data) == SiteSchema.known - 1)
    }

    /// A process that has one database open looks with each request whether that is the site's.
    @Test func rowsThatAreElsewhereAreSeen() throws {
        let data = try node("a"), root = try Folder(data.path)
        try data.create()
        try SiteSchema.update(data)
        let site = try Site(data: data)
        func configure(_ text: String) throws { try root.replace(ClusterFile.name, with: Array(text.utf8), mode: 0o600) }
        try configure("node = web7\ndatabase = \(words)\n")
        #expect(try site.hasKnownSchema())
        try configure("database = \(words) connect_timeout=3\n")
        #expect(try !site.hasKnownSchema() && !site.hasKnownSchema())
        try root.remove(ClusterFile.name)
        #expect(try !site.hasKnownSchema())
        try configure("database = \(words)\n")
        #expect(try site.hasKnownSchema())
    }
}
