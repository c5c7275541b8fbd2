import Database
import Disk
import Media
@testable import MediaStore
import Testing
import Time

@Suite struct RetentionTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    /// Uploads of a visitor, each a day older than the next one, the last of today; ten bytes each.
    private func uploads(_ count: Int) throws -> [Int] {
        let ids = try (0..<count).map { try fixture.keep("bytes \(1000 + $0)", owner: nil).file.id }
        for (place, id) in ids.enumerated() {
            try fixture.database.run("UPDATE file SET created_at = ? WHERE id = ?", Now.seconds - (count - 1 - place) * 86_400, id)
        }
        return ids
    }

    private func isKept(_ ids: [Int]) throws -> [Bool] { try ids.map { try store.file($0) != nil } }

    private func retain(days: Int = 0, files: Int = 0, bytes: Int = 0, recycles: Bool = true, isDue: Bool = true) throws -> Int {
        try store.retain(Retention(days: days, files: files, bytes: bytes, recycles: recycles), isDue: isDue)
    }

    @Test(arguments: [
        (0, 0, 0, 0), (2, 0, 0, 2), (9, 0, 0, 0), (0, 3, 0, 1), (0, 4, 0, 0), (0, 1, 0, 3), (0, 0, 25, 2), (0, 0, 40, 0), (0, 0, 1, 4), (3, 2, 25, 2), (1, 4, 40, 3),
    ])
    func theOldestGo(days: Int, files: Int, bytes: Int, gone: Int) throws {
        let ids = try uploads(4)
        #expect(try retain(days: days, files: files, bytes: bytes) == gone)
        #expect(try isKept(ids) == (0..<4).map { $0 >= gone })
        #expect(try store.recycleBin.entries().count == gone)
        #expect(try retain(days: days, files: files, bytes: bytes) == 0)
    }

    @Test func onlyWhatVisitorsUploadedCounts() throws {
        let owned = try fixture.keep("owned", owner: 1).file
        let adopted = try #require(StoredPath("2015/01/01/old.png"))
        try store.adopt([AdoptedFile(path: adopted, facts: MediaFacts(type: .png, width: 1, height: 1), originalName: ClientName("old.png"), size: 1000,
                                     createdAt: 1, owner: nil, sender: nil)])
        let ids = try uploads(2)
        #expect(try retain(days: 1, files: 1, bytes: 10) == 1)
        #expect(try isKept(ids + [owned.id]) == [false, true, true] && store.file(at: adopted) != nil)
    }

    /// Ids do not rise with the times of uploads where the clock was wrong.
    @Test(arguments: [1, 230]) func youngOnesBeforeOldOnesKeepNothing(young: Int) throws {
        let first = try (0..<young).map { try fixture.keep("young \($0)", owner: nil).file.id }
        try fixture.database.run("UPDATE file SET created_at = ?", Now.seconds + 3_650 * 86_400)
        let ids = try uploads(4)
        #expect(try retain(days: 2) == 2)
        #expect(try isKept(ids) == [false, false, true, true] && isKept(first).allSatisfy { $0 })
        #expect(try retain(days: 1, files: young) == 2 && isKept(ids) == [false, false, false, true] && isKept(first) == first.map { $0 != first[0] })
    }

    /// What was imported stays, also with other bytes.
    @Test func importedOnesThatWereReplaced() throws {
        let path = try #require(StoredPath("2015/01/01/old.png"))
        _ = try store.uploads.folder(path.folder, creates: true)
        fixture.temporary.write(Array("old".utf8), as: "uploads/\(path.text)")
        try store.adopt([AdoptedFile(path: path, facts: MediaFacts(type: .png), originalName: ClientName("old.png"), size: 3, createdAt: 5, owner: nil, sender: nil)])
        let file = try #require(try store.file(at: path)), visitors = try uploads(2)
        for id in [file.id, visitors[0]] {
            let draft = try Draft(in: store.uploads)
            try Array("new".utf8).withUnsafeBytes { try draft.write($0) }
            let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("b.png"), sha256: [2], sentSHA256: [2])
            #expect(try store.replace(id, with: draft, as: new, of: nil)?.file.version == 1)
        }
        #expect(try retain(days: 1, files: 1, bytes: 1) == 2)
        #expect(try isKept([file.id] + visitors) == [true, false, false])
    }

    /// More than are deleted at once; where there is no recycle bin they go for good.
    @Test func manyForGood() throws {
        _ = try uploads(230)
        #expect(try retain(files: 5, recycles: false) == 225)
        #expect(try store.recycleBin.entries().isEmpty && fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 5)
    }

    @Test func aTimerLooksNowAndThen() throws {
        _ = try uploads(3)
        #expect(try retain(files: 2, isDue: false) == 1)
        #expect(try retain(files: 1, isDue: false) == 0)
        try store.counters.set(MediaStore.retainedAt, to: Now.seconds - MediaStore.pauseOfRetention)
        #expect(try retain(files: 1, isDue: false) == 1)
        // A clock that was set back does not stop it.
        _ = try uploads(2)
        try store.counters.set(MediaStore.retainedAt, to: Now.seconds + 999_999)
        #expect(try retain(files: 1, isDue: false) == 2)
    }

    @Test func aFailureIsToldAndWhatIsMarkedStaysHidden() throws {
        let ids = try uploads(3)
        fixture.removed.fails = true
        #expect(throws: UnfinishedDeletion.self) { try retain(files: 1) }
        #expect(try isKept(ids) == [false, false, true])
        fixture.removed.fails = false
        #expect(try store.finishDeletions().isEmpty && retain(files: 1) == 0)
    }
}
