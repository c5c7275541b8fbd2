import Disk
import Media
@testable import MediaStore
import Testing

extension Fixture {
    func draft(_ text: String) throws -> Draft {
        let draft = try Draft(in: store.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        return draft
    }

    private func new(_ text: String) -> NewFile {
        NewFile(facts: MediaFacts(type: .png, width: 9, height: 7), originalName: ClientName("new.png"), sha256: Array(text.utf8), sentSHA256: Array(text.utf8))
    }

    @discardableResult
    func replace(_ file: StoredFile, by text: String) throws -> Replacement? { try store.replace(file.id, with: draft(text), as: new(text), of: nil) }

    func keep(_ text: String, at placement: Placement) throws -> StoredFile {
        try store.keep(draft(text), as: new(text), owner: 1, deduplicates: false, at: placement).file
    }

    /// What a process leaves that is killed when the new bytes are in their place and the rows do not say so yet.
    func interruptReplacement(of file: StoredFile, by text: String) throws {
        let content = StoredContent(facts: new(text).facts, size: text.utf8.count, sha256: Array(text.utf8), sentSHA256: Array(text.utf8))
        let pending = try store.beginReplacement(of: file, content, nil, keepsQuota: true), draft = try draft(text)
        for step in MediaStore.stepsOfReplacement { try step(store)(pending, draft) }
    }

    /// The same where another file has had the former bytes' path since.
    func blockReplacement(of file: StoredFile, by text: String) throws -> StoredFile {
        try interruptReplacement(of: file, by: text)
        let other = try keep("other").file
        try database.run("UPDATE replacement SET former_path = ? WHERE file_id = ?", other.path.text, file.id)
        return other
    }

    /// No row can be inserted while `body` runs.
    func withoutInsertions<Value>(_ body: () throws -> Value) throws -> Value {
        try databases.refusing("INSERT ON file", body)
    }

    func pendingReplacements() throws -> Int? {
        try database.first("SELECT COUNT(*) FROM replacement WHERE replaced_at IS NULL") { $0.integer(0) }
    }
}

/// The path that the former bytes of a replaced file get, and what happens where they do not get it.
@Suite struct FormerPathTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private func named(_ file: StoredFile) -> Placement {
        .named(folder: file.path.folder, body: String(file.path.name.dropLast(".png".count)), fileExtension: "png")
    }

    private func former(of file: StoredFile) throws -> StoredFile? { try file.path.numbered(1).flatMap { try store.anyFile(at: $0) } }

    /// An upload of the same name takes the next one.
    @Test func uploadsLeaveIt() throws {
        let file = try fixture.keep("old").file
        try fixture.interruptReplacement(of: file, by: "newer")
        let upload = try fixture.keep("upload", at: named(file))
        #expect(upload.path == file.path.numbered(2))
        try store.settleReplacements()
        #expect(try former(of: file)?.isRecycled == true && store.file(upload.id)?.path == upload.path)
        #expect(try fixture.pendingReplacements() == 0)
    }

    @Test func anotherIsTakenWhereItIsTaken() throws {
        let file = try fixture.keep("old").file
        let other = try fixture.blockReplacement(of: file, by: "newer")
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30)).failures == [])
        #expect(try store.file(file.id)?.size == 5 && store.file(other.id) != nil && fixture.pendingReplacements() == 0)
        let former = try #require(try former(of: file))
        #expect(try former.size == 3 && store.carryOut(.restore, on: [former.id], of: 1).done == [former.id])
    }

    @Test func whatWasStuckIsReplacedAndDeleted() throws {
        let files = try ["a", "b", "c"].map { try fixture.keep($0).file }
        _ = try fixture.blockReplacement(of: files[1], by: "newer")
        #expect(try fixture.replace(files[1], by: "newest")?.file.size == 6)
        _ = try fixture.blockReplacement(of: files[1], by: "last")
        #expect(try store.carryOut(.delete, on: files.map(\.id), of: 1).done == files.map(\.id))
        #expect(try files.allSatisfy { try store.anyFile($0.id) == nil && !store.uploads.holds($0.path.text) } && fixture.pendingReplacements() == 0)
    }

    // A replacement that cannot be settled

    @Test func itKeepsNoOtherFromBeingDeleted() throws {
        let files = try ["a", "b", "c"].map { try fixture.keep($0).file }
        try fixture.interruptReplacement(of: files[1], by: "newer")
        let outcome = try fixture.withoutInsertions { try store.carryOut(.recycle, on: files.map(\.id), of: 1) }
        #expect(outcome.done == [files[0].id, files[2].id] && outcome.failed.map(\.failure) == [.unfinished])
        #expect(outcome.errors.count == 1 && outcome.errors.first?.contains(files[1].path.text) == true)
        #expect(store.uploads.holds(files[1].path.text) && ![files[0], files[2]].contains { store.uploads.holds($0.path.text) })
        #expect(try store.finishDeletions().isEmpty && store.anyFile(files[1].id)?.isRecycled == true)
    }

    @Test func theCollectionFinishesTheOthers() throws {
        let files = try ["a", "b"].map { try fixture.keep($0).file }
        try fixture.interruptReplacement(of: files[0], by: "newer")
        try files.forEach { try store.rows.beginDeletion(of: $0.id, as: nil) }
        let report = try fixture.withoutInsertions { try store.collectGarbage(GarbageRules(recycleDays: 30)) }
        #expect(report.failures.count == 2 && report.failures.last?.contains(files[0].path.text) == true)
        #expect(try store.anyFile(files[1].id)?.isRecycled == true && store.anyFile(files[0].id)?.isRecycled == false)
    }
}
