import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

/// Actions on all files of a list.
@Suite struct FileTaskTests {
    let fixture: Fixture
    private let store: MediaStore
    private static let everybody = PartRequest(.everybody(FileCriteria()))

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    private func begin(_ action: BulkAction, _ list: PartRequest = everybody) throws { try store.begin(action, filter: "x=1", store.count(list), by: 1) }

    /// - Returns: how many pieces it took.
    private func finish(_ list: PartRequest = everybody, seconds: Double = 2) throws -> Int {
        for piece in 1...1_000 where try #require(try store.goOn(with: list, by: 1, seconds: seconds)).task.isOver { return piece }
        return 0
    }

    @Test func allButWhatComesLater() throws {
        let files = try (0..<120).map { try fixture.keep("\($0)").file.id }
        try begin(.recycle)
        #expect(try store.task(of: 1)?.total == 120 && store.task(of: 2) == nil)
        let later = try fixture.keep("later").file.id
        // Without time a step is done at least, and each goes on where the last one has come.
        let first = try #require(try store.goOn(with: Self.everybody, by: 1, seconds: 0)).task
        #expect(first.done == 50 && !first.isOver && first.failed == 0)
        #expect(try finish(seconds: 0) == 2)
        let task = try #require(try store.task(of: 1))
        #expect(task.done == 120 && task.isOver && task.filter == "x=1" && task.action == .recycle)
        #expect(try store.rows.any(later)?.state == .kept && files.allSatisfy { try store.rows.any($0)?.state == .recycled })
        #expect(try store.goOn(with: Self.everybody, by: 1)?.task.done == 120, "one more press does nothing")
    }

    /// What another process has done already is no failure, and is not counted twice.
    @Test func aPieceThatIsRepeatedHarmsNothing() throws {
        for number in 0..<70 { try fixture.keep("\(number)") }
        try begin(.delete)
        _ = try store.goOn(with: Self.everybody, by: 1, seconds: 0)
        try fixture.database.run("UPDATE file_task SET position = NULL WHERE account_id = 1")
        #expect(try finish() == 1)
        let task = try #require(try store.task(of: 1))
        #expect(task.done == 70 && task.failed == 0)
        #expect(try store.part(Self.everybody).files.isEmpty)
    }

    @Test func filesThatFailAreCountedAndLeft() throws {
        let files = try (0..<3).map { try fixture.keep("\($0)").file }
        fixture.removed.fails = true
        fixture.removed.failing = files[1].path.text
        try begin(.recycle)
        let (task, errors) = try #require(try store.goOn(with: Self.everybody, by: 1))
        #expect(task.done == 2 && task.failed == 1 && task.isOver && errors.count == 1)
    }

    @Test func theRecycleBinIsEmptied() throws {
        let files = try (0..<60).map { try fixture.keep("\($0)").file.id }
        _ = try store.carryOut(.recycle, on: files, of: nil)
        let (kept, bin) = (try fixture.keep("kept").file.id, PartRequest(.everybody(FileCriteria(isRecycled: true))))
        // Somebody has removed one there by hand.
        try store.recycleBin.remove(try #require(try store.rows.recycledName(of: files[3])))
        #expect(try store.count(bin) == FileCount(files: 60, isWhole: true))
        try begin(.delete, bin)
        #expect(try finish(bin, seconds: 0) == 2 && store.part(bin).files.isEmpty && store.task(of: 1)?.done == 60)
        #expect(try store.recycleBin.entries() == [] && store.rows.any(kept)?.state == .kept)
    }

    @Test func aNewOneTakesThePlaceOfTheLast() throws {
        try fixture.keep()
        try begin(.hide)
        #expect(try finish() == 1)
        try begin(.publish)
        #expect(try store.task(of: 1)?.action == .publish && store.task(of: 1)?.isOver == false)
        try store.forgetTask(of: 1)
        #expect(try store.task(of: 1) == nil && store.goOn(with: Self.everybody, by: 1) == nil)
    }

    @Test func filesAreCounted() throws {
        for number in 0..<5 { try fixture.keep("\(number)", type: number == 0 ? .mp4 : .png, owner: number == 1 ? nil : 1) }
        func count(_ criteria: FileCriteria, _ filter: ListFilter = .all, search: String? = nil) throws -> Int {
            let count = try store.count(PartRequest(.everybody(criteria), filter: filter, search: search))
            #expect(count.isWhole)
            return count.files
        }
        #expect(try count(FileCriteria()) == 5 && count(FileCriteria(owner: .account(1))) == 4 && count(FileCriteria(owner: .visitors)) == 1)
        #expect(try count(FileCriteria(), .kind(.video)) == 1 && count(FileCriteria(), search: "a.png") == 4 && count(FileCriteria(folder: StoredPath("videos"))) == 1)
        try fixture.databases.inPieces(0..<20_000) { number in
            try fixture.database.run(
                """
                INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
                VALUES (?, '', 'ico', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?)
                """, "f\(number)", number + 1)
        }
        #expect(try store.count(PartRequest(.everybody(FileCriteria(way: .page)))) == FileCount(files: 0, isWhole: false))
        #expect(try store.count(PartRequest(.everybody(FileCriteria()))) == FileCount(files: 20_005, isWhole: true))
    }
}
