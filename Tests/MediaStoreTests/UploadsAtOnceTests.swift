import Database
import Disk
import Media
@testable import MediaStore
import SiteTestSupport
import TestSupport
import Testing
import Time

/// Uploads of several processes, which wait for each other only where they must (docs/architecture.md, "Who waits for whom").
@Suite struct UploadsAtOnceTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    @discardableResult
    private static func keep(_ text: String, by store: MediaStore, owner: Int?) throws -> StoredFile {
        let draft = try Draft(in: store.uploads), bytes = Array(text.utf8)
        try bytes.withUnsafeBytes { try draft.write($0) }
        return try store.keep(draft, as: NewFile(facts: MediaFacts(type: .png), originalName: ClientName("\(text).png"), sha256: bytes, sentSHA256: bytes),
                              owner: owner, deduplicates: false).file
    }

    /// - Returns: how many were stored.
    private func upload(_ count: Int, threads: Int, owner: Int?) throws -> Int {
        let stores = try (0..<threads).map { _ in try fixture.another() }
        try inThreads(threads) { thread in
            for number in 0..<count {
                do { try Self.keep("photo \(thread) \(number)", by: stores[thread], owner: owner) } catch is QuotaExceeded {}
            }
        }
        return try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } ?? -1
    }

    @Test func everyUploadIsCountedAndFound() throws {
        #expect(try upload(25, threads: 4, owner: 1) == 100)
        #expect(try store.statistics().uploads == 100 && store.statistics().listed == 100 && store.numbers(of: 1).files == 100 && store.filesOfToday() == 100)
        for thread in 0..<4 { #expect(try store.part(PartRequest(.listed, size: 100, search: "photo \(thread)")).files.count == 25) }
        #expect(try store.list(ListRequest(page: Paging(1, size: 100), search: "photo")).files.count == 100 && store.wrongDays() == [])
        try fixture.countWaiting()
        #expect(try fixture.wrongShelves() == 0 && store.report().types == [TypeTotal(type: .png, files: 100, bytes: store.report().bytes)])
    }

    @Test func aQuotaHolds() throws {
        try fixture.database.run("UPDATE account SET file_limit = 7 WHERE id = 1")
        #expect(try upload(5, threads: 4, owner: 1) == 7)
        #expect(throws: QuotaExceeded.files(used: 7, limit: 7)) { try fixture.keep("more") }
    }

    /// Calls `body`, with another process, before an upload comes to its end.
    private func whileOneUploads(_ body: (MediaStore) throws -> Void) throws {
        try Self.keep("first", by: store, owner: 1)
        func slot(_ store: MediaStore) throws -> Int? { try store.database.first("SELECT (pg_backend_pid() % \(Slots.count))::bigint") { $0.integer(0) } }
        var other = try fixture.another()
        while try slot(other) == slot(store) { other = try fixture.another() }
        try store.database.write(.counted(account: nil)) {
            try Self.keep("slow", by: store, owner: 1)
            try body(other)
        }
    }

    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func nobodyWaitsForAnothersUpload() throws {
        try whileOneUploads { other in
            try Self.keep("fast", by: other, owner: 1)
            try Self.keep("nobody's", by: other, owner: nil)
        }
        #expect(try store.statistics().uploads == 4 && store.numbers(of: 1).files == 3)
    }

    /// Ids are given in another order than transactions end: the index of names passes over none.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func aLowerIdThatComesLaterIsFound() throws {
        let (one, other) = try (fixture.another(), fixture.another())
        try one.database.write(.rows) {
            let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("late.png"), sha256: [1], sentSHA256: [1])
            let id = try #require(try StoredPath("a/late.png").map { try one.rows.insert(new, size: 1, at: $0, owner: nil, key: nil, isListed: true).id })
            // (As if it had been inserted already.)
            try other.database.write(.rows) { try other.names.letWait(insertedRow: id + 1) }
            try one.names.letWait(insertedRow: id)
        }
        #expect(try store.part(PartRequest(.listed, size: 9, search: "late")).files.count == 1)
    }

    /// An import that met the file of an upload first claims the whole database, and so does the upload then.
    @Test func aFileThatAnImportMetIsTheUploads() throws {
        let path = try #require(StoredPath("2025/a.png"))
        try store.uploads.folder("2025", creates: true).replace("a.png", with: [1], mode: 0o644)
        try store.adopt([AdoptedFile(path: path, facts: MediaFacts(type: .png), originalName: ClientName("a"), size: 1, createdAt: 1, owner: nil, sender: nil, recycledName: nil)])
        let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("b.png"), sha256: [1], sentSHA256: [1])
        let file = try store.insert(NewRow(file: new, size: 1, path: path, owner: 1, key: nil, sender: nil, isListed: true, claim: nil))
        #expect(try store.file(at: path)?.id == file.id && store.statistics().listed == 1)
    }
}
