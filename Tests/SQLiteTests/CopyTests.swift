import Glibc
import Database
@testable import SQLite
import TestSupport
import Testing

@Suite struct CopyTests {
    let folder = TemporaryFolder()
    var path: String { folder.path + "/a.db" }
    var copy: String { folder.path + "/copies/a.db" }

    init() throws {
        try #require(mkdir(folder.path + "/copies", 0o700) == 0)
    }

    private func makeDatabase(rows: Int = 3) throws -> Connection {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER, b BLOB); PRAGMA user_version = 7")
        try database.write { for number in 0..<rows { try database.run("INSERT INTO t VALUES (?, zeroblob(1000))", number) } }
        return database
    }

    private func count(_ path: String) throws -> Int? {
        try Connection(path: path).first("SELECT COUNT(*) FROM t") { $0.integer(0) }
    }

    private func names() -> [String] { contents(of: folder.path + "/copies") }

    @Test func holdsWhatIsInTheLogAndNeedsNone() throws {
        let database = try makeDatabase()
        try database.copy(to: copy)
        #expect(names() == ["a.db"], "neither a log nor the unfinished copy is left")
        var status = stat()
        #expect(stat(copy, &status) == 0 && status.st_mode & 0o777 == 0o600)
        // File format, bytes 18 and 19: 1 is a rollback journal, 2 a write-ahead log.
        #expect(Array(folder.read("copies/a.db")[18...19]) == [1, 1])
        #expect(try count(copy) == 3)
        let opened = try Connection(path: copy)
        #expect(try opened.schemaVersion == 7)
        #expect(try opened.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
    }

    @Test func canBeCorrectedBeforeItHasItsName() throws {
        let database = try makeDatabase()
        do {
            let unfinished = try DatabaseCopy(of: database, as: copy)
            try unfinished.database.run("DELETE FROM t")
        }
        #expect(names().isEmpty, "it goes with its owner")
        let unfinished = try DatabaseCopy(of: database, as: copy)
        try unfinished.database.write { try unfinished.database.run("DELETE FROM t WHERE i = 1") }
        #expect(names() == ["a.db.partial"])
        try unfinished.finish()
        #expect(names() == ["a.db"])
        #expect(try unfinished.database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } == 2)
        #expect(try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } == 3)
        #expect(Array(folder.read("copies/a.db")[18...19]) == [1, 1])
    }

    @Test func takesThePlaceOfAFormerCopy() throws {
        let database = try makeDatabase()
        try database.copy(to: copy)
        try database.run("INSERT INTO t (i) VALUES (9)")
        try database.copy(to: copy)
        #expect(try count(copy) == 4)
    }

    @Test func tellsHowFarItIs() throws {
        let database = try makeDatabase(rows: 20_000)
        var seen: [CopyProgress] = []
        try database.copy(to: copy) { seen.append($0) }
        #expect(seen.count > 2)
        #expect(seen.allSatisfy { $0.total == seen[0].total && $0.done <= $0.total })
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.done < $1.done })
        #expect(seen.last?.done == seen.last?.total)
    }

    /// Another connection commits between any two steps of the copy, as another process would.
    @Test func isOneMomentAndComesToItsEndWhileOthersWrite() throws {
        let database = try makeDatabase(rows: 20_000), other = try Connection(path: path)
        var steps = 0
        try database.copy(to: copy) { _ in
            steps += 1
            try? other.write {
                try other.run("INSERT INTO t VALUES (-1, zeroblob(1000))")
                try other.run("UPDATE t SET i = -2 WHERE i = ?", steps)
            }
        }
        #expect(steps > 2 && steps < 100)
        #expect(try other.first("SELECT COUNT(*) FROM t WHERE i < 0") { $0.integer(0) } == 2 * steps, "no writer was kept waiting")
        #expect(try Connection(path: copy).first("SELECT COUNT(*) FROM t WHERE i < 0") { $0.integer(0) } == 0)
        #expect(try Connection(path: copy).first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        try database.run("INSERT INTO t (i) VALUES (1)")
    }

    @Test func leavesOutWhatAnotherConnectionHasNotCommitted() throws {
        let database = try makeDatabase(), other = try Connection(path: path)
        try other.write {
            try other.run("DELETE FROM t")
            try database.copy(to: copy)
        }
        #expect(try count(copy) == 3)
    }

    @Test func isRefusedInsideAWriteOfItsOwn() throws {
        let database = try makeDatabase()
        let error = #expect(throws: DatabaseError.self) {
            try database.write {
                try database.run("DELETE FROM t")
                try database.copy(to: copy)
            }
        }
        #expect(error?.kind == .busy)
        #expect(names().isEmpty)
        try database.copy(to: copy)
        #expect(try count(copy) == 3)
    }

    @Test func whatAKilledProcessLeftIsWrittenAnew() throws {
        let database = try makeDatabase()
        for end in ["", "-wal", "-journal", "-shm"] { folder.write(Array("rubbish".utf8), as: "copies/a.db.partial" + end) }
        try database.copy(to: copy)
        #expect(names() == ["a.db"])
        #expect(try count(copy) == 3)
    }

    @Test func onlyOneWritesToAPath() throws {
        let database = try makeDatabase(), other = try Connection(path: path)
        var error: (any Error)?
        try database.copy(to: copy) { _ in
            do { try other.copy(to: copy) } catch let refusal { error = refusal }
        }
        guard case .underWay? = error as? CopyError else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(try count(copy) == 3)
    }

    @Test func aFailureLeavesTheFormerCopy() throws {
        let database = try makeDatabase()
        try database.copy(to: copy)
        let before = folder.read("copies/a.db")
        symlink("/dev/null", copy + ".partial")
        #expect(throws: CopyError.self) { try database.copy(to: copy) }
        #expect(folder.read("copies/a.db") == before)
        #expect(throws: CopyError.self) { try database.copy(to: folder.path + "/missing/a.db") }
    }

    private func contents(of path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
