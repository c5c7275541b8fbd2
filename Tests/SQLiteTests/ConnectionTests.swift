import Database
import Glibc
import SQLite
import TestSupport
import Testing

@Suite struct ConnectionTests {
    let folder = TemporaryFolder()
    var path: String { folder.path + "/a.db" }

    @Test func valuesComeBackAsTheyWent() throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n TEXT)")
        let text = "é\u{0}图 \u{1F600}"
        try database.run("INSERT INTO t VALUES (?, ?, ?, ?, ?)", Int64.min, 0.5, text, [0, 255] as [UInt8], nil as String?)
        try database.run("INSERT INTO t VALUES (?, ?, ?, ?, ?)", 7, 1.0, "", [] as [UInt8], "x")
        let rows = try database.all("SELECT i, r, s, b, n FROM t ORDER BY rowid") {
            (Int64($0.integer(0)), $0.optionalReal(1), $0.text(2), $0.blob(3), $0.optionalText(4))
        }
        #expect(rows[0] == (Int64.min, 0.5, text, [0, 255], nil))
        #expect(rows[1] == (7, 1.0, "", [], "x"))
    }

    @Test func momentsDifferWhereAnythingWasWrittenBetween() throws {
        let database = try Connection(path: path, creates: true), other = try Connection(path: path)
        try database.execute("CREATE TABLE t (i INTEGER)")
        let first = try #require(try database.moment)
        #expect(try database.moment == first)
        try database.run("INSERT INTO t VALUES (1)")
        let second = try #require(try database.moment)
        #expect(second != first && second.others == first.others)
        try other.run("INSERT INTO t VALUES (2)")
        #expect(try database.moment?.others != second.others)
        #expect(try database.write { try database.moment } == database.moment)
    }

    @Test func aWriteGoesOnFromASharedSnapshot() throws {
        let database = try Connection(path: path, creates: true), other = try Connection(path: path)
        try database.execute("CREATE TABLE t (i INTEGER)")
        func count(_ database: Connection) throws -> Int { try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } ?? -1 }
        try database.sharingSnapshot {
            let before = try database.read { try database.moment }
            #expect(try database.read { try count(database) } == 0)
            try database.write {
                #expect(try database.moment == before)
                try database.run("INSERT INTO t VALUES (1)")
            }
            #expect(try count(other) == 1, "what was written is committed at once")
            try other.run("INSERT INTO t VALUES (2)")
            #expect(try database.read { try count(database) } == 2, "the next read sees what is there now")
        }
        // Nothing is left open that would hide what others write, or keep them from writing.
        try other.run("INSERT INTO t VALUES (3)")
        #expect(try count(database) == 3)
    }

    @Test func aWriteStandsOnALaterMomentWhereSomebodyWasFaster() throws {
        let database = try Connection(path: path, creates: true), other = try Connection(path: path)
        try database.execute("CREATE TABLE t (i INTEGER)")
        try database.sharingSnapshot {
            let before = try database.read { try database.moment }
            try other.run("INSERT INTO t VALUES (1)")
            #expect(try database.read { try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } } == 0, "one moment for all reads")
            let seen = try database.write {
                try database.run("INSERT INTO t VALUES (2)")
                return (try database.moment?.others, try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) })
            }
            #expect(seen.0 != before?.others && seen.1 == 2)
        }
        #expect(try other.first("SELECT COUNT(*) FROM t") { $0.integer(0) } == 2)
    }

    @Test func aSharedSnapshotKeepsNoLockForWriting() throws {
        struct Stop: Error {}
        let database = try Connection(path: path, creates: true), other = try Connection(path: path)
        try database.execute("CREATE TABLE t (i INTEGER)")
        #expect(throws: Stop.self) {
            try database.sharingSnapshot {
                _ = try database.read { try database.run("INSERT INTO t VALUES (1)") }
                try other.run("INSERT INTO t VALUES (2)")
                try database.write {
                    try database.run("INSERT INTO t VALUES (3)")
                    throw Stop()
                }
            }
        }
        #expect(try database.all("SELECT i FROM t ORDER BY i") { $0.integer(0) } == [1, 2])
        try other.write { try other.run("INSERT INTO t VALUES (4)") }
    }

    @Test func failedTransactionLeavesNothing() throws {
        struct Stop: Error {}
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER UNIQUE)")
        #expect(throws: Stop.self) {
            try database.write {
                try database.run("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } == 0)
        try database.write { try database.run("INSERT INTO t VALUES (1)") }
        let error = #expect(throws: DatabaseError.self) { try database.run("INSERT INTO t VALUES (1)") }
        #expect(error?.kind == .constraint)
    }

    /// What the disk refuses at the end may be in the log all the same.
    @Test func aCommitThatCannotBeWrittenMayHaveBeenKept() throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER)")
        let log = try #require(descriptor(of: "a.db-wal"))
        let error = #expect(throws: DatabaseError.self) {
            try database.write {
                try database.run("INSERT INTO t VALUES (1)")
                dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), log)
            }
        }
        #expect(error?.kind == .unknownOutcome)
        #expect(error?.description.hasPrefix("SQLite 778 (disk I/O error) in: COMMIT") == true)
    }

    /// Of a file in the folder of this test.
    private func descriptor(of name: String) -> Int32? {
        (3..<1024).first { number in
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = readlink("/proc/self/fd/\(number)", &buffer, buffer.count)
            return count > 0 && String(decoding: buffer.prefix(count), as: UTF8.self) == "\(folder.path)/\(name)"
        }
    }

    @Test func missingFileIsNotCreatedUnasked() {
        let error = #expect(throws: DatabaseError.self) { try Connection(path: path) }
        #expect(error?.kind == .unavailable)
    }

    @Test func errorsNameTheStatementAndNoValue() throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER CHECK (i < 5))")
        let error = #expect(throws: DatabaseError.self) { try database.run("INSERT INTO t VALUES (?)", 4242) }
        #expect(error?.description.contains("INSERT INTO t") == true)
        #expect(error?.description.contains("4242") == false)
    }

    @Test func anErrorIsOneLine() throws {
        let database = try Connection(path: path, creates: true)
        let error = #expect(throws: DatabaseError.self) { try database.execute("SELECT 1;\n    SELECT a\n  FROM nowhere") }
        #expect(error?.description == "SQLite 1 (no such table: nowhere) in: SELECT 1; SELECT a FROM nowhere")
    }

    @Test func aQueryInsideTheSameQueryHasAStatementOfItsOwn() throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1), (2)")
        let pairs = try database.all("SELECT i FROM t ORDER BY i") { outer in
            try database.all("SELECT i FROM t ORDER BY i") { inner in [outer.integer(0), inner.integer(0)] }
        }
        #expect(pairs == [[[1, 1], [1, 2]], [[2, 1], [2, 2]]])
    }

    @Test func writesAreDurableAndLogged() throws {
        let database = try Connection(path: path, creates: true)
        #expect(try database.first("PRAGMA journal_mode") { $0.text(0) } == "wal")
        #expect(try database.first("PRAGMA synchronous") { $0.integer(0) } == 2)
        #expect(try database.first("PRAGMA foreign_keys") { $0.integer(0) } == 1)
    }
}

@Suite struct MigrationTests {
    let folder = TemporaryFolder()
    let first = Migration("one", "CREATE TABLE a (i INTEGER)")
    let second = Migration("two", "ALTER TABLE a ADD COLUMN j INTEGER")

    @Test func eachStepRunsOnce() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate([first])
        try database.migrate([first, second])
        try database.migrate([first, second])
        #expect(try database.schemaVersion == 2)
        try database.run("INSERT INTO a (i, j) VALUES (1, 2)")
    }

    @Test func whatTakesLongIsDoneAhead() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        let third = Migration("three", ahead: ["CREATE INDEX IF NOT EXISTS by_i ON a (i)", "CREATE INDEX IF NOT EXISTS by_j ON a (j)"], "DROP INDEX by_i")
        let all = [first, second, third]
        try database.migrateAhead(all)
        #expect(try database.schemaVersion == 0 && !database.has("SELECT 1 FROM sqlite_master"))
        try database.migrate([first])
        var steps: [[Int]] = []
        for _ in 0..<2 { try database.migrateAhead(all) { steps.append([$0, $1]) } }
        #expect(steps == [[1, 2], [2, 2], [1, 2], [2, 2]])
        #expect(try database.schemaVersion == 1 && database.has("SELECT 1 FROM sqlite_master WHERE name = 'by_i'"))
        #expect(try !database.has("SELECT 1 FROM sqlite_master WHERE name = 'by_j'"), "its column comes from a migration before")
        try database.migrate(all)
        #expect(try database.all("SELECT name FROM sqlite_master WHERE type = 'index'") { $0.text(0) } == ["by_j"])
    }

    @Test func aBrokenStepChangesNothing() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate([first])
        let third = Migration("three", "CREATE TABLE b (i INTEGER)")
        let broken = Migration("broken", "CREATE TABLE c (i INTEGER); CREATE TABLE a (i INTEGER)")
        #expect(throws: DatabaseError.self) { try database.migrate([first, second, third, broken]) }
        #expect(try database.schemaVersion == 1)
        for statement in ["SELECT j FROM a", "SELECT * FROM b", "SELECT * FROM c"] {
            #expect(throws: DatabaseError.self) { try database.execute(statement) }
        }
    }

    @Test func whatPreparesAMigrationCanPreventIt() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate([first])
        struct NoSpace: Error {}
        var found: [Int] = []
        #expect(throws: NoSpace.self) {
            try database.migrate([first, second]) { number in
                found.append(number)
                throw NoSpace()
            }
        }
        #expect(found == [1])
        #expect(try database.schemaVersion == 1)
        try database.migrate([first]) { _ in Issue.record("there was nothing to migrate") }
    }

    @Test func onlyTheRightSchemaWillDo() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate([first])
        try database.requireSchema(1)
        for (needed, isNewer) in [(2, false), (0, true)] {
            #expect(throws: OtherSchema.self) { try database.requireSchema(needed) }
            #expect(OtherSchema(found: 1, needed: needed).isNewer == isNewer)
        }
        #expect(try database.schemaVersion == 1)
    }

    @Test func aNewerDatabaseIsRefused() throws {
        let database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate([first, second])
        #expect(throws: OtherSchema.self) { try database.migrate([first]) }
    }
}
