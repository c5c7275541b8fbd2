import Database
import Disk
import Media
@testable import MediaStore
import Testing
import TestSupport
import Time

/// A file gets other bytes under its path: what is at the path, in the bin, and in the rows, also when a step was the last one before a crash.
@Suite struct ReplacementTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    func draft(_ text: String) throws -> Draft {
        let draft = try Draft(in: store.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        return draft
    }

    func new(_ text: String, width: Int = 9) -> NewFile {
        let hash = Array(text.utf8)
        return NewFile(facts: MediaFacts(type: .png, width: width, height: 7), originalName: ClientName("new.png"), sha256: hash, sentSHA256: hash)
    }

    @discardableResult
    func replace(_ file: StoredFile, _ text: String, of owner: Int? = nil, from sender: Sender? = nil) throws -> Replacement? {
        try store.replace(file.id, with: draft(text), as: new(text), of: owner, from: sender)
    }

    private func bytes(_ file: File) throws -> String {
        var text = ""
        try file.forEachPiece { text += String(decoding: $0, as: UTF8.self) }
        return text
    }

    func content(of file: StoredFile) throws -> String { try bytes(store.uploads.file(file.path.text)) }

    func number(_ text: String) throws -> Int? { try fixture.database.first(text) { $0.integer(0) } }

    @Test func bothContentsAreWholeAndTheAddressStays() throws {
        let file = try fixture.keep("old").file
        let done = try #require(try replace(file, "newer"))
        let former = try #require(done.former)
        #expect(try content(of: file) == "newer" && bytes(store.recycleBin.file(former.path.flat)) == "old")
        #expect(done.file.id == file.id && done.file.path == file.path && done.file.originalName == "a.png" && done.file.createdAt == file.createdAt)
        #expect(done.file.size == 5 && done.file.width == 9 && done.file.height == 7 && done.file.sha256 == Array("newer".utf8))
        #expect(former.path == file.path.numbered(1) && former.isRecycled && former.deletedAt != nil && former.originalName == "a.png")
        #expect(former.size == 3 && former.width == 4 && former.sha256 == Array("old".utf8) && former.owner == file.owner)
        #expect(fixture.removed.paths == [file.path.text], "its thumbnails are gone")
        #expect(try store.uploads.folder(file.path.folder).entries() == [file.path.name] && store.recycleBin.entries() == [former.path.flat])
        #expect(store.deleteToken(of: done.file) == store.deleteToken(of: file))
    }

    /// The former content goes to a name beside, and never to the address.
    @Test func theFormerContentComesBackBeside() throws {
        let file = try fixture.keep("old").file
        let former = try #require(try replace(file, "new")?.former)
        #expect(try store.carryOut(.restore, on: [former.id], of: 1).done == [former.id])
        let back = try #require(try store.file(former.id))
        #expect(try content(of: back) == "old" && content(of: file) == "new" && back.path != file.path)
        let second = try #require(try replace(file, "third")?.former)
        #expect(second.path == file.path.numbered(2))
        #expect(try store.carryOut(.delete, on: [second.id], of: nil).done == [second.id] && store.anyFile(second.id) == nil)
        #expect(try content(of: file) == "third")
    }

    /// Web servers make entity tags of the second and the size.
    @Test func theTimeIsALaterSecond() throws {
        let file = try fixture.keep("old").file
        let before = try store.uploads.file(file.path.text).modified
        for (number, text) in ["two", "tre", "qua"].enumerated() {
            try replace(file, text)
            #expect(try store.uploads.file(file.path.text).modified >= before + number + 1)
        }
    }

    @Test func theSameContentChangesNothing() throws {
        let file = try fixture.keep("old").file
        #expect(try replace(file, "old")?.former == nil && store.recycleBin.entries().isEmpty && fixture.removed.paths.isEmpty)
    }

    @Test func onlyKeptFilesOfTheAccount() throws {
        let file = try fixture.keep("old", owner: 1).file
        #expect(try replace(file, "new", of: 2) == nil && content(of: file) == "old")
        #expect(try replace(file, "new", of: 1) != nil)
        _ = try store.delete(file.id)
        #expect(try replace(file, "again") == nil && store.uploads.folder(file.path.folder).entries().isEmpty)
        #expect(try number("SELECT COUNT(*) FROM replacement WHERE replaced_at IS NULL") == 0)
    }

    @Test func everyNumberFollows() throws {
        let file = try fixture.keep("old", key: 3).file
        _ = try fixture.keep("other", owner: 2)
        try store.derive(.days)
        try replace(file, "longer")
        #expect(try store.numbers(of: 1) == OwnerNumbers(files: 1, bytes: 6, views: 0))
        let report = try store.report()
        #expect(report.types == [TypeTotal(type: .png, files: 2, bytes: 11)])
        #expect(Set(report.keys.map { "\($0.key ?? 0) \($0.files) \($0.bytes)" }) == ["3 1 6", "0 1 5"])
        #expect(report.days.last?.bytes == 11 && report.largest.map(\.id) == [file.id, file.id + 1])
        #expect(try store.wrongDays() == [] && store.filesOfToday() == 2)
        #expect(try store.list(ListRequest(order: .fileSize)).files.map(\.size) == [6, 5])
        try fixture.countWaiting()
        #expect(try number("SELECT SUM(count) FROM \(fixture.database.summed("shelf")) WHERE ordering = 'size'") == 2)
    }

    /// A replacement is no upload of the day on which the file came, nor is the row of the former bytes, whoever counts.
    @Test func noUploadIsCounted() throws {
        let (file, other) = (try fixture.keep("old").file, try fixture.keep("other").file)
        let days = { try self.store.dayCounts(Int.min..<Int.max) }
        let counted = { try (days().reduce(0) { $0 + $1.uploads }, self.store.statistics().uploads) }
        #expect(try counted() == (2, 2))
        let former = try #require(try replace(file, "new")?.former)
        _ = try replace(file, "newer")
        _ = try replace(other, "another")
        #expect(try counted() == (2, 2) && number("SELECT COUNT(*) FROM file WHERE former_of IS NULL") == 2)
        _ = try store.carryOut(.restore, on: [former.id], of: nil)
        #expect(try counted() == (2, 2) && store.wrongDays() == [] && days().reduce(0) { $0 + $1.files } == 3)
        try store.deriveAnew(.days)
        try store.derive(.days)
        #expect(try counted() == (2, 2) && store.wrongDays() == [], "as the rows say")
        try fixture.keep("third")
        #expect(try counted() == (3, 3))
    }

    /// Pages make another address of it.
    @Test func eachReplacementIsAVersion() throws {
        let file = try fixture.keep("old").file
        #expect(file.version == 0)
        let first = try #require(try replace(file, "new"))
        #expect(first.file.version == 1 && first.former?.version == 0)
        #expect(try replace(file, "new")?.file.version == 1 && replace(file, "old")?.file.version == 2)
    }

    @Test func theIndexFindsTheFormerOneWhenItIsBack() throws {
        let file = try fixture.keep("old").file
        let former = try #require(try replace(file, "new")?.former)
        _ = try store.carryOut(.restore, on: [former.id], of: nil)
        #expect(try Set(store.list(ListRequest(search: "a.png")).files.map(\.id)) == [file.id, former.id])
    }

    // Content that was uploaded before

    @Test func duplicatesAreThoseOfTheNewContent() throws {
        let file = try fixture.keep("old", deduplicates: true).file
        try replace(file, "new")
        #expect(try fixture.keep("new", deduplicates: true).file.id == file.id)
        let again = try fixture.keep("old", deduplicates: true)
        #expect(!again.isDuplicate && again.file.id != file.id, "what is in the bin is no duplicate")
    }

    @Test func whatAnotherFileHasIsStoredTwice() throws {
        let (file, other) = (try fixture.keep("old").file, try fixture.keep("new").file)
        #expect(try replace(file, "new")?.former != nil && content(of: file) == "new" && content(of: other) == "new")
        _ = try store.delete(other.id, recycles: false)
        #expect(try content(of: file) == "new")
    }

    // Senders and quotas

    @Test func eachContentHasItsSender() throws {
        let file = try fixture.keep("old").file
        let (first, second) = (Sender(address: "192.0.2.1", port: 1, userAgent: "a", way: "3"), Sender(address: "192.0.2.2", port: nil, userAgent: "b", way: "web"))
        try store.senderRows.insert(first, of: file.id)
        let done = try #require(try replace(file, "new", from: second))
        let former = try #require(done.former)
        #expect(try store.sender(of: file) == second && store.sender(of: former) == first)
        let last = try #require(try replace(file, "newer")?.former)
        #expect(try store.sender(of: file) == second && store.sender(of: last) == second)
    }

    @Test func theQuotaIsThatOfTheDifference() throws {
        let file = try fixture.keep("12345").file
        _ = try fixture.keep("12345")
        try fixture.database.run("UPDATE account SET byte_limit = 12, file_limit = 2 WHERE id = 1")
        #expect(throws: QuotaExceeded.bytes(used: 10, more: 8, limit: 12)) { try replace(file, "12345678", of: 1) }
        #expect(try content(of: file) == "12345" && number("SELECT COUNT(*) FROM replacement") == 0)
        #expect(try replace(file, "1234567", of: 1)?.file.size == 7)
        #expect(try replace(file, "123456789") != nil, "an administrator")
        #expect(try replace(file, "1234567X", of: 1) != nil, "smaller than it was")
    }
}
