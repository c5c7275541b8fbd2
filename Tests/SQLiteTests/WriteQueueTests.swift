import Glibc
@testable import SQLite
import TestSupport
import Testing

@Suite struct WriteQueueTests {
    let folder = TemporaryFolder()
    var path: String { folder.path + "/a.db" }

    @Test func oneAfterTheOther() {
        let one = WriteQueue(path: path), other = WriteQueue(path: path)
        #expect(one.take())
        #expect(!other.take())
        one.pass()
        #expect(other.take())
        #expect(!one.take())
    }

    @Test func nobodyWaitsForLong() {
        let one = WriteQueue(path: path), other = WriteQueue(path: path)
        #expect(one.take())
        let start = ContinuousClock.now
        #expect(!other.wait())
        #expect(ContinuousClock.now - start >= .microseconds(WriteQueue.patience))
        one.pass()
        #expect(other.wait())
    }

    @Test func theTurnEndsWithItsOwner() {
        let other = WriteQueue(path: path)
        do {
            let one = WriteQueue(path: path)
            #expect(one.take())
        }
        // A child that another test starts holds a copy of the descriptor until it runs its program.
        #expect(becomesTrue { other.take() })
    }

    @Test func foldersHaveTurnsOfTheirOwn() {
        let elsewhere = TemporaryFolder()
        let one = WriteQueue(path: path), other = WriteQueue(path: elsewhere.path + "/a.db")
        #expect(one.take() && other.take())
        // Without a folder there is nobody to be polite to.
        let lost = WriteQueue(path: folder.path + "/missing/a.db")
        #expect(!lost.take() && !lost.wait())
    }

    @Test func aWriterThatHasTheTurnForLongHoldsUpNobody() throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER)")
        let rude = WriteQueue(path: path)
        #expect(rude.take())
        try database.write { try database.run("INSERT INTO t VALUES (1)") }
        #expect(try database.first("SELECT i FROM t") { $0.integer(0) } == 1)
    }

    @Test func everyWriteOfManyIsDone() async throws {
        let database = try Connection(path: path, creates: true)
        try database.execute("CREATE TABLE t (i INTEGER)")
        try await withThrowingTaskGroup(of: Void.self) { [path] group in
            for _ in 0..<4 {
                group.addTask {
                    let own = try Connection(path: path)
                    for number in 0..<50 { try own.write { try own.run("INSERT INTO t VALUES (?)", number) } }
                }
            }
            try await group.waitForAll()
        }
        #expect(try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } == 200)
    }
}
