import Database
import Disk
import Media
@testable import MediaStore
import Testing
import TestSupport

/// What other modules ask of the rows, and what is done where the database fails.
@Suite struct RowsTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private var all: RecordedFileRows { RecordedFileRows(recorded(fixture.database)) }

    @Test func uploadsOfADayAreCountedUpToTheirLimit() throws {
        let store = fixture.store
        for limit in [1, nil] { #expect(try store.countUpload(from: "192.0.2.1", limit: limit)) }
        #expect(try !store.countUpload(from: "192.0.2.1", limit: 2))
        #expect(try store.countUpload(from: "192.0.2.2", limit: 2))
        #expect(try store.uploadsToday(from: "192.0.2.1") == 2)
        try store.uncountUpload(from: "192.0.2.1")
        try store.uncountUpload(from: "192.0.2.3")
        #expect(try (store.uploadsToday(from: "192.0.2.1"), store.uploadsToday(from: "192.0.2.3")) == (1, 0))
    }

    @Test func theLastSendersAreKnown() throws {
        let senders = ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map { Sender(address: $0, port: nil, userAgent: "x", way: "web") }
        for (index, sender) in senders.enumerated() {
            let file = try fixture.keep("\(index)").file
            try fixture.database.run("UPDATE file SET created_at = ? WHERE id = ?", 1000 + index, file.id)
            #expect(try fixture.store.record([(file.path, sender)]) == 1)
        }
        #expect(try fixture.store.senders(since: 1000, limit: 9) == [senders[2], senders[1]])
        #expect(try fixture.store.senders(since: 0, limit: 1) == [senders[2]])
        #expect(try fixture.store.senders(since: 1002, limit: 9).isEmpty)
    }

    @Test func theLastNamesOfARangeAreKept() throws {
        let counters = fixture.store.counters
        for name in ["log 1", "log 2", "log 3", "log", "log!"] { try counters.set(name, to: 7) }
        try counters.set("log 3", to: 8)
        try counters.remove(from: "log ", to: "log!", butLast: 1)
        let left = try counters.all().filter { $0.key.hasPrefix("log") }
        #expect(left == ["log": 7, "log 3": 8, "log!": 7])
        #expect(try (counters.value("log 3"), counters.value("log 1")) == (8, nil))
    }

    @Test func rowsSayWhereTheirFilesAre() throws {
        let (kept, recycled, removed) = (try fixture.keep("one").file, try fixture.keep("three").file, try fixture.keep("two").file)
        _ = try fixture.store.delete(recycled.id)
        try fixture.database.run("UPDATE file SET state = 1 WHERE id = ?", removed.id)
        var rows: [RecordedFile] = []
        try all.forEach { rows.append($0) }
        #expect(rows.map(\.place) == [.uploads(kept.path.text), .recycled(recycled.path.flat), .leaving(removed.path.text)])
        #expect(try all.file(kept.id) == rows[0])
        #expect(try all.total() == (3, 11))
        #expect(try all.room(inBlocksOf: 4) == 16)
        #expect(try all.knows(path: kept.path.text) && all.knows(path: removed.path.text) && !all.knows(path: recycled.path.text))
        #expect(try all.knows(recycled: recycled.path.flat) && !all.knows(recycled: kept.path.flat))
        try all.forget(kept.id)
        #expect(try all.file(kept.id) == nil)
    }

    @Test func deletedFilesAreToldFromOthers() throws {
        let file = try fixture.keep().file
        #expect(try fixture.store.deletable(at: file.path)?.id == file.id)
        #expect(try fixture.store.formerPath(of: file.id) == nil)
        _ = try fixture.store.delete(file.id)
        #expect(try fixture.store.deletable(at: file.path) == nil)
        #expect(try fixture.store.formerPath(of: file.id) == file.path)
        #expect(try fixture.store.collectGarbage(GarbageRules(recycleDays: 0)).removed == 1)
        #expect(try all.file(file.id) == nil)
    }

    @Test func aFileWhoseRowMayHaveBeenKeptStays() throws {
        let lost = LostAnswer(fixture.database)
        let store = MediaStore(database: lost, uploads: fixture.store.uploads, recycleBin: fixture.store.recycleBin, locks: fixture.root,
                               deleteLinks: fixture.store.deleteLinks, whenRemoved: { _ in })
        let draft = try Draft(in: store.uploads)
        let new = NewFile(facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("a.png"), sha256: [1], sentSHA256: [1])
        let error = #expect(throws: DatabaseError.self) { try store.keep(draft, as: new, owner: 1, deduplicates: false) }
        #expect(error?.kind == .unknownOutcome)
        let path = try #require(try fixture.database.first("SELECT path FROM file") { $0.text(0) })
        #expect(store.uploads.holds(path))
    }
}

/// A database that makes every write, and says that it does not know.
private final class LostAnswer: Database {
    private let database: any Database

    init(_ database: any Database) { self.database = database }

    var engine: Engine { database.engine }
    func run(_ text: String, with values: [any Bindable]) throws -> Int { try database.run(text, with: values) }
    func insert(_ text: String, with values: [any Bindable]) throws -> Int? { try database.insert(text, with: values) }
    func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws { try database.each(text, with: values, body) }

    func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value {
        _ = try database.write(claim, body)
        throw DatabaseError(.unknownOutcome, message: "lost", description: "lost")
    }

    func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value { try database.withoutTriggers(body) }
    func read<Value>(_ body: () throws -> Value) throws -> Value { try database.read(body) }
    func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value { try database.sharingSnapshot(body) }
    func lock(_ work: ExclusiveWork, patience: Int?) throws -> (any HeldLock)? { try database.lock(work, patience: patience) }
    var moment: Moment? { get throws { try database.moment } }
    var schemaVersion: Int { get throws { try database.schemaVersion } }
    func passOver(_ gap: IDGap) throws { try database.passOver(gap) }
}
