import Database
@testable import Site
import SiteTestSupport
import SQLite
import TestSupport
import Testing

/// Ids after an older copy of the rows has come back.
@Suite struct IDGapTests {
    let databases: TestDatabase
    private let database: any Database

    init() throws {
        databases = try TestDatabase()
        database = recorded(databases.connection)
    }

    private func newFile() throws -> Int {
        let count = try database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } ?? 0
        return try database.insert("""
            INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            VALUES (?, 'a', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), 0)
            """, "\(count).png") ?? 0
    }

    private func newEvent() throws -> Int { try database.insert("INSERT INTO event (kind, happened_at, data) VALUES ('stored', 0, '{}')") ?? 0 }

    private func newSignIn() throws -> Int {
        try database.insert("INSERT INTO sign_in (tried_at, result, address, user_agent) VALUES (0, 'refused', '', '')") ?? 0
    }

    /// Whatever was given since, the next one is above it; also in a table that is empty in the copy.
    @Test func idsGoOnBehindAGap() throws {
        #expect(try (newFile(), newFile()) == (1, 2))
        try SiteSchema.passOverIDs(of: database)
        #expect(try (newFile(), newFile(), newEvent(), newEvent()) == (20_000_001, 20_000_002, 10_000_001, 10_000_002))
        try SiteSchema.passOverIDs(of: database)
        #expect(try (newFile(), newEvent()) == (40_000_001, 30_000_001))
    }

    /// It keeps its newest rows by the distance of their ids.
    @Test func theLogOfSignInsHasNoGap() throws {
        #expect(try newSignIn() == 1)
        try SiteSchema.passOverIDs(of: database)
        #expect(try newSignIn() == 2)
    }

    @Test(arguments: [(0, 100), (1, 200), (99, 200), (100, 200), (101, 300), (200, 300)]) func theGapIsAtLeastAStep(last: Int, end: Int) {
        #expect(IDGap(100).end(after: last) == end)
    }

    /// Each table that counts ids, except those that are named.
    @Test func noTableIsForgotten() throws {
        try database.passOver(IDGap(1_000, sparing: ["event"]))
        for table in try databases.countedTables() {
            #expect(try databases.lastID(of: table) == (table == "event" ? 0 : 1_000), "\(table)")
        }
        let told: Set = ["account", "api_key", "file", "session", "sync_conflict", "sync_device", "sync_file"]
        #expect(try told.isSubset(of: databases.countedTables()))
    }

    @Test func whileAnotherWritesNothingIsChanged() throws {
        let other = try databases.another()
        let error = try other.write {
            try #require(throws: DatabaseError.self) { try SiteSchema.passOverIDs(of: database) }
        }
        #expect(error.kind == .busy)
        #expect(try newFile() == 1)
    }
}

/// The schema of whose database ids are passed over.
@Suite struct IDGapOfSchemaTests {
    let folder = TemporaryFolder()
    private var data: DataFolder { DataFolder(folder.path + "/data") }

    /// The program of a former version is installed after that.
    @Test func aFormerSchemaStaysAsItIs() throws {
        try data.create()
        try Connection(path: data.database, creates: true).migrate(Array(SiteSchema.migrations.prefix(8)))
        try SiteSchema.passOverIDs(data)
        let database = try Connection(path: data.database)
        #expect(try database.schemaVersion == 8)
        #expect(try database.insert("INSERT INTO account (name, password_hash, role, created_at) VALUES ('a', '', 'user', 0)") == 10_000_001)
    }

    @Test(arguments: [0, SiteSchema.known + 1]) func anUnknownSchemaIsRefused(version: Int) throws {
        try data.create()
        let database = try Connection(path: data.database, creates: true)
        try database.execute("PRAGMA user_version = \(version)")
        let error = try #require(throws: OtherSchema.self) { try SiteSchema.passOverIDs(data) }
        #expect(error.found == version)
    }
}
