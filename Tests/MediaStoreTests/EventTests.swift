import Database
import Disk
import Events
import Media
@testable import MediaStore
import Testing
import TestSupport
import Time

/// Which changes of files make which events.
@Suite struct EventTests {
    let fixture: Fixture
    let delivery: EventDelivery
    var store: MediaStore { fixture.store }

    init() throws {
        fixture = try Fixture()
        delivery = EventDelivery(database: fixture.database)
        try delivery.follow(["a"])
    }

    /// "kind path" of all events, in their order.
    private var told: [String] { get throws { try delivery.newest(atMost: 1_000).reversed().map { "\($0.kind) \($0.path ?? "")" } } }

    private func replace(_ file: StoredFile, _ text: String) throws -> Replacement? {
        let draft = try Draft(in: store.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("b.png"), sha256: Array(text.utf8), sentSHA256: Array(text.utf8))
        return try store.replace(file.id, with: draft, as: new, of: nil)
    }

    @Test func eachChangeIsToldOnce() throws {
        let file = try fixture.keep().file, path = file.path.text
        _ = try fixture.keep(deduplicates: true)
        #expect(try told == ["uploaded \(path)"], "a duplicate is no new file")
        _ = try replace(file, "other")
        _ = try replace(file, "other")
        _ = try store.delete(file.id)
        _ = try store.delete(file.id)
        _ = try store.restore(file.path.flat)
        _ = try store.restore(file.path.flat)
        _ = try store.delete(file.id, recycles: false, as: .expired)
        #expect(try told.map { String($0.prefix { $0 != " " }) } == ["uploaded", "replaced", "deleted", "restored", "expired"])
        #expect(try Set(told.map { $0.drop { $0 != " " } }) == [" \(path)"])
        let data = try delivery.newest(atMost: 9).map(\.data)
        #expect(data[0].contains("\"recycled\":false") && data[2].contains("\"recycled\":true"))
        #expect(data[3].contains("\"former\":{\"type\":\"image/png\",\"size\":5,\"sha256\":\"6279746573\"}") && data[3].contains("\"sha256\":\"6f74686572\""))
    }

    @Test func severalFilesAreToldEach() throws {
        let files = try (0..<3).map { _ in try fixture.keep().file }
        _ = try store.carryOut(.recycle, on: files.map(\.id) + [99], of: 1)
        _ = try store.carryOut(.restore, on: files.map(\.id), of: 2)
        _ = try store.carryOut(.restore, on: files.map(\.id), of: 1)
        _ = try store.carryOut(.hide, on: files.map(\.id), of: 1)
        _ = try store.carryOut(.recycle, on: [files[0].id], of: 1)
        _ = try store.carryOut(.delete, on: files.map(\.id), of: 1)
        let paths = files.map(\.path.text)
        #expect(try told.dropFirst(3) == (paths.map { "deleted \($0)" } + paths.map { "restored \($0)" } + paths.map { "deleted \($0)" })[...],
                "one that leaves the recycle bin had no address any more")
    }

    @Test func whatFailsIsNotTold() throws {
        let file = try fixture.keep().file
        let before = try told
        try fixture.databases.refusing("INSERT ON file") { #expect(throws: DatabaseError.self) { try fixture.keep() } }
        fixture.removed.fails = true
        #expect(throws: UnfinishedDeletion.self) { try store.delete(file.id) }
        #expect(try told == before)
        fixture.removed.fails = false
        #expect(try store.finishDeletions().isEmpty && told == before + ["deleted \(file.path.text)"], "as soon as it is done")
    }

    /// Whoever removes what has expired, and whatever interrupts it.
    @Test(arguments: [true, false]) func theEndOfATermIsTold(isInterrupted: Bool) throws {
        let ending = try fixture.keep("a").file, staying = try fixture.keep("b").file, end = Now.seconds - 9
        try fixture.database.run("UPDATE file SET expires_at = ? WHERE id = ?", end, ending.id)
        fixture.removed.fails = isInterrupted
        for file in [ending, staying] { _ = try? store.delete(file.id) }
        fixture.removed.fails = false
        #expect(try store.finishDeletions().isEmpty && told.suffix(2) == ["expired \(ending.path.text)", "deleted \(staying.path.text)"])
        let data = try delivery.newest(atMost: 2).map(\.data)
        #expect(data[1].contains("\"expires\":\"\(InternetTime.text(end))\"") && !data[0].contains("expires"))
    }

    @Test func foldersAndAccountsAreToldByTheirFiles() throws {
        let file = try fixture.keep().file, other = try fixture.keep(owner: 2).file
        #expect(try store.discardFiles(of: 2) == 1 && store.finishDeletions().isEmpty)
        let folder = try #require(StoredPath(file.path.folder))
        #expect(try store.deleteFolder(folder))
        #expect(try told.dropFirst(2) == ["deleted \(other.path.text)", "deleted \(file.path.text)"])
    }

    /// What an upload says to the database is the same as without this, but for one question.
    @Test func anUploadWithoutReceiversWritesNothingMore() throws {
        try fixture.database.run("DELETE FROM event_receiver")
        var texts: [String] = []
        let observed = ObservedDatabase(fixture.database) { text, _ in texts.append(text) }
        let store = MediaStore(database: observed, uploads: fixture.store.uploads, recycleBin: fixture.store.recycleBin, locks: fixture.root,
                               deleteLinks: fixture.store.deleteLinks, whenRemoved: { _ in })
        let draft = try Draft(in: store.uploads)
        _ = try store.keep(draft, as: NewFile(facts: MediaFacts(type: .png), originalName: ClientName("a.png"), sha256: [1], sentSHA256: [1]),
                           owner: 1, deduplicates: false)
        #expect(texts.filter { $0.contains("event") } == ["SELECT 1 FROM event_receiver"])
        #expect(try fixture.database.first("SELECT COUNT(*) FROM event") { $0.integer(0) } == 0)
        #expect(try fixture.database.insert("INSERT INTO event (kind, happened_at, data) VALUES ('', 0, '')") == 1, "no number was used")
    }
}
