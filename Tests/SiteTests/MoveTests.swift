import Database
import Disk
import MediaStore
import PostgreSQL
@testable import Site
import SiteTestSupport
import SQLite
import TestSupport
import Testing

/// What a move does with one database, on each engine.
@Suite struct MoveTests {
    let databases: TestDatabase
    private let database: any MovableDatabase

    init() throws {
        databases = try TestDatabase()
        database = try #require(recorded(databases.connection) as? any MovableDatabase)
    }

    private func fill(_ files: Int) throws {
        try database.run("INSERT INTO account (name, password_hash, role, created_at) VALUES ('anna', 'x', 'admin', 1)")
        for number in 0..<files {
            try database.run("""
                INSERT INTO file (account_id, path, original_name, type, kind, size, duration, sha256, sent_sha256, created_at) VALUES (1, ?, ?, 'png', 'image', ?, ?, ?, ?, 5)
                """, "\(number).png", "漢字 😀 \(number)", 1 << 40 + number, number % 2 == 0 ? 0.1 * Double(number) : nil, [0, 255, UInt8(number)], [UInt8]())
        }
    }

    @Test func everyChangeIsRefusedByTheDatabaseItself() throws {
        try fill(2)
        let another = try databases.another()
        try database.write { try database.refuseChanges(true) }
        #expect(try database.refusesChanges && another.refusesChanges && another.schemaVersion == SiteSchema.known)
        let changes = ["INSERT INTO settings VALUES ('a', 'b')", "UPDATE file SET views = 1", "DELETE FROM account",
                       "INSERT INTO settings VALUES ('a', 'b') ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                       "INSERT INTO counter VALUES ('a', 1) ON CONFLICT DO NOTHING"]
        for change in changes {
            for connection in [database, another] {
                #expect(refusal { try connection.run(change) } == .moving, "\(change)")
                #expect(refusal { _ = try connection.write { try connection.run(change) } } == .moving, "\(change)")
                #expect(refusal { _ = try connection.write { try connection.withoutTriggers { try connection.run(change) } } } == .moving, "\(change)")
            }
        }
        #expect(try another.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 2)
        try database.write { try database.refuseChanges(false) }
        #expect(try !another.refusesChanges && another.run("UPDATE file SET views = 1") == 2)
    }

    /// Who has begun comes to its end; what comes after the mark is refused.
    @Test func aSchemaIsNotMigratedMeanwhile() throws {
        try database.write { try database.refuseChanges(true) }
        #expect(refusal { try database.requireChanges() } == .moving)
        try database.write { try database.refuseChanges(false) }
        try database.requireChanges()
    }

    @Test func tablesAreCopiedInPartsAndCompared() throws {
        try fill(250)
        let copy = try ServerSchema.model(SiteSchema.known)
        try copy.execute("PRAGMA foreign_keys = OFF")
        for table in try MoveSchema.tables() {
            let (from, to) = try (MovedTableRows(table, in: database), MovedTableRows(table, in: copy))
            try copy.withoutTriggers {
                try to.removeAll()
                try from.forEachPart { try to.insert($0) }
            }
            #expect(try from.count() == to.count() && digest(from) == digest(to), "\(table.name)")
            #expect(try table.name != "file" || digest(to).count == 250)
        }
        try MoveSchema.requireReferences(in: copy)
        try copy.run("UPDATE file SET duration = 0.30000000000000004 WHERE id = 3")
        let file = try #require(try MoveSchema.tables().first { $0.name == "file" })
        #expect(try digest(MovedTableRows(file, in: database)) != digest(MovedTableRows(file, in: copy)))
        // A copy can be made of it in turn.
        let rows = try MovedTableRows(file, in: database)
        var first: [[Binding]] = []
        try rows.forEachPart { if first.isEmpty { first = $0 } }
        try database.write { try database.withoutTriggers { try rows.removeAll(); try rows.insert(first) } }
        #expect(try rows.count() == first.count)
    }

    private func digest(_ rows: MovedTableRows) throws -> TableDigest {
        var digest = TableDigest()
        try rows.forEachPart { $0.forEach { digest.add($0) } }
        return digest
    }

    @Test func aDigestIsOfValuesAndNotOfTheirOrder() {
        func digest(_ rows: [[Binding]]) -> TableDigest { rows.reduce(into: TableDigest()) { $0.add($1) } }
        let (one, other): ([Binding], [Binding]) = ([.integer(1), .text("a")], [.integer(2), .null(.text)])
        #expect(digest([one, other]) == digest([other, one]) && digest([one, one]) != digest([other, other]))
        #expect(digest([[.text("a"), .text("b")]]) != digest([[.text("ab"), .text("")]]))
        #expect(digest([[.text("1")]]) != digest([[.integer(1)]]) && digest([[.null(.text)]]) != digest([[.text("")]]))
        // A server has no U+0000.
        #expect(digest([[.text("a\0b")]]) == digest([[.text("a\u{FFFD}b")]]))
    }

    @Test func idsGoOnBehindThoseThatWereGiven() throws {
        try fill(3)
        try database.run("DELETE FROM file WHERE id = 3")
        #expect(try database.lastIDs["file"] == 3)
        try database.write { try database.goOn(after: ["file": 7, "event": 2]) }
        #expect(try database.lastIDs["file"] == 7 && database.lastIDs["event"] == 2 && database.lastIDs["account"] == 1)
        try database.write { try database.goOn(after: ["file": 1]) }
        #expect(try database.lastIDs["file"] == 7)
    }

    @Test func marksAreThereDuringAMoveAlone() throws {
        let rows = MoveRows(database: database), mark = MoveMark(id: "a", node: "web1", target: "local", beganAt: 5)
        #expect(try rows.mark() == nil && rows.copy(of: "a") == nil)
        try database.write {
            try MoveSchema.makeMark(in: database)
            try rows.insert(mark)
            try MoveSchema.makeCopy(in: database)
            try rows.insertCopy(of: "a")
        }
        #expect(try rows.mark() == mark && rows.copy(of: "a") == false && rows.copy(of: "b") == nil)
        try rows.handOver("a")
        #expect(try rows.copy(of: "a") == true)
        for table in [MoveSchema.mark, MoveSchema.copy] { try MoveSchema.remove(table, in: database) }
        #expect(try rows.mark() == nil && rows.copy(of: "a") == nil)
    }

    @Test(arguments: [("view_log inode 7", "view_log inode 7@a"), ("view_log_inode", "view_log_inode@a"), ("view_log_offset", "view_log_offset@a"),
                      ("last_end tally", "last_end tally@a"), ("last_end gc", "last_end gc"), ("view_log 2026", "view_log 2026"),
                      ("view_log inode 7@b", "view_log inode 7@b")])
    func countersOfTheMachineHaveItsNameOnAServer(here: String, there: String) throws {
        let counter = try #require(try MoveSchema.tables().first { $0.name == "counter" })
        #expect(MovedNames(node: "a", isForServer: true).name(here, of: counter) == there)
        #expect(MovedNames(node: "a", isForServer: false).name(there, of: counter) == here)
    }

    /// A machine that has the name of a former node, and one that was on a server before it had a name: its own counters are those that count.
    @Test(arguments: [(true, ["last_end tally@web1", "last_end tally@web2", "view_log inode 7@web2"]),
                      (false, ["last_end tally", "last_end tally@web1", "view_log inode 7"])])
    func noTwoCountersGetOneName(isForServer: Bool, expected: [String]) throws {
        for name in ["last_end tally", "last_end tally@web1", "last_end tally@web2", isForServer ? "view_log inode 7" : "view_log inode 7@web2"] {
            try database.run("INSERT INTO counter (name, value) VALUES (?, 5)", name)
        }
        if !isForServer { try database.run("INSERT INTO counter (name, value) VALUES ('view_log inode 7', 4)") }
        let copy = try ServerSchema.model(SiteSchema.known), counter = try #require(try MoveSchema.tables().first { $0.name == "counter" })
        try copy.run("DELETE FROM counter")
        let rows = try MovedTableRows(counter, in: copy)
        try MovedTableRows(counter, in: database, names: MovedNames(node: "web2", isForServer: isForServer)).forEachPart { try rows.insert($0) }
        let names = try copy.all("SELECT name FROM counter WHERE value = 5 AND (name LIKE '%tally%' OR name LIKE 'view%') ORDER BY name") { $0.text(0) }
        #expect(names == expected)
    }

    /// An installation asks before it replaces any program. (On a server: `ServerMigrationTests`.)
    @Test func aFileThatIsBeingMovedIsNotToBeMigrated() throws {
        let folder = TemporaryFolder(), data = DataFolder("\(folder.path)/data")
        try FileSystem.makeFolder(data.path)
        try data.create()
        try SiteSchema.update(data)
        let file = try Connection(path: data.database)
        try file.write { try file.refuseChanges(true) }
        #expect(try SiteSchema.check(data) == SiteSchema.known, "nothing is to be migrated")
        #expect(refusal { _ = try SiteSchema.check(data, replacesSecret: true) } == .moving)
        try file.execute("PRAGMA user_version = \(1 - SiteSchema.known)")
        for attempt in [{ _ = try SiteSchema.check(data) }, { try SiteSchema.updateAhead(data) }, { _ = try SiteSchema.update(data) }] {
            #expect(refusal { try attempt() } == .moving)
        }
        try file.write { try file.refuseChanges(false) }
        #expect(try SiteSchema.check(data) == SiteSchema.known - 1)
    }

    /// As on a server, where that is looked at with each request.
    @Test func rowsThatAreOnAServerAreSeenWhenSomebodyHasWritten() throws {
        let folder = TemporaryFolder(), data = DataFolder("\(folder.path)/data")
        try FileSystem.makeFolder(data.path)
        try data.create()
        try SiteSchema.update(data)
        let (site, other) = try (Site(data: data), Site(data: data))
        try other.store([("deduplicate", "off")])
        #expect(try site.hasKnownSchema())
        try Folder(data.path).replace(ClusterFile.name, with: Array("database = dbname=elsewhere\n".utf8), mode: 0o600)
        try other.store([("deduplicate", "on")])
        #expect(try !site.hasKnownSchema() && !site.hasKnownSchema())
    }
}

/// Counters that a server has in several rows each.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct SlottedCounterTests {
    private func makeServer() throws -> ServerConnection {
        let server = try ServerConnection(#require(DatabaseServer.shared).makeDatabase())
        try ServerSchema.make(on: server)
        return server
    }

    private func rows(_ table: MovedTable, in database: any Database) throws -> [String] {
        var found: [String] = []
        try MovedTableRows(table, in: database).forEachPart { found += $0.map { "\($0)" } }
        return found
    }

    @Test func slotsOfOneCounterAreAddedUp() throws {
        let server = try makeServer()
        try server.execute("""
            DELETE FROM counter; INSERT INTO counter (name, value) VALUES ('a', 5), ('b', 0);
            INSERT INTO counter_slot (name, slot, value) VALUES ('a', 0, 3), ('a', 3, 4), ('b', 1, -2)
            """)
        let counter = try #require(try MoveSchema.tables().first { $0.name == "counter" })
        let found = try rows(counter, in: server)
        #expect(found.count == 2 && found[0].contains("12") && found[1].contains("-2"))
        #expect(try MovedTableRows(counter, in: server).count() == 2)
    }

    /// There and back: slots stay behind, and what they held does not.
    @Test func whatSlotsHoldIsMoved() throws {
        let (server, local, next) = try (makeServer(), ServerSchema.model(SiteSchema.known), makeServer())
        try server.run("INSERT INTO account (name, password_hash, role, created_at) VALUES ('anna', '', 'user', 0)")
        for database in [server, next] { try database.run("INSERT INTO day_count VALUES ('image', 0, 100, 1, 0, 0, 0, 0)") }
        for database in [server, next] {
            for number in 0..<3 {
                try database.run("""
                    INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at) VALUES (?, '', 'png', 'image', 5, '', '', 1)
                    """, "\(number)")
            }
        }
        try server.run("UPDATE file SET account_id = 1, views = 4")
        try local.execute("PRAGMA foreign_keys = OFF")
        for (from, to) in [(server, local), (local, next)] as [(any MovableDatabase, any MovableDatabase)] {
            try copy(from, to)
            for table in try MoveSchema.tables() { #expect(try rows(table, in: to) == rows(table, in: from), "\(table.name)") }
        }
        for table in SlottedTable.all {
            #expect(try server.has("SELECT 1 FROM \(Slots.table(of: table.name))") && !next.has("SELECT 1 FROM \(Slots.table(of: table.name))"), "\(table.name)")
        }
    }

    private func copy(_ source: any MovableDatabase, _ target: any MovableDatabase) throws {
        let tables = try MoveSchema.tables()
        try target.write {
            try target.withoutTriggers {
                for table in tables.reversed() { try MovedTableRows(table, in: target).removeAll() }
                for table in tables { try MovedTableRows(table, in: source).forEachPart { try MovedTableRows(table, in: target).insert($0) } }
            }
        }
    }
}
