import Database
import Disk
import Glibc
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import TestSupport
import Time

@Suite struct MediaStoreTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    @Test func keptFilesLieInTheirMonth() throws {
        let now = SiteTime.now
        let month = now.month < 10 ? "0\(now.month)" : "\(now.month)"
        let picture = try fixture.keep().file
        #expect(picture.path.folder == "\(now.year)/\(month)")
        #expect(picture.path.name.hasSuffix(".png") && picture.path.name.utf8.count == 16)
        #expect((picture.width, picture.height, picture.size) == (4, 3, 5))
        #expect(try fixture.keep(type: .mp4).file.path.folder == "videos/\(now.year)/\(month)")
        #expect(fixture.store.uploads.holds(picture.path.text))
    }

    @Test func aRowThatCannotBeWrittenLeavesNoFile() throws {
        try fixture.databases.refusing("INSERT ON file") { #expect(throws: DatabaseError.self) { try fixture.keep() } }
        let month = try #require(try fixture.store.uploads.entries().first)
        let inner = try #require(try fixture.store.uploads.folder(month).entries().first)
        #expect(try fixture.store.uploads.folder("\(month)/\(inner)").entries() == [])
    }

    @Test func duplicatesAreFoundPerOwnerAndWhenAsked() throws {
        let first = try fixture.keep(deduplicates: true)
        #expect(!first.isDuplicate)
        let again = try fixture.keep(deduplicates: true)
        #expect(again.isDuplicate && again.file.id == first.file.id)
        #expect(try fixture.keep(owner: 2, deduplicates: true).isDuplicate == false)
        #expect(try fixture.keep().isDuplicate == false)
        #expect(try fixture.keep(type: .mp4, owner: nil, deduplicates: true).isDuplicate == false)
        #expect(try fixture.keep(type: .mp4, owner: nil, deduplicates: true).isDuplicate == false)
    }

    /// A file that was stored under other settings is another one.
    @Test func aDuplicateIsStoredAsTheSameBytes() throws {
        let first = try fixture.keep("small", sent: "sent", deduplicates: true)
        let second = try fixture.keep("smaller", sent: "sent", deduplicates: true)
        #expect(!second.isDuplicate)
        for (text, earlier) in [("small", first), ("smaller", second)] {
            let again = try fixture.keep(text, sent: "sent", deduplicates: true)
            #expect(again.isDuplicate && again.file.id == earlier.file.id)
        }
    }

    @Test func aDuplicateIsOfItsOwnKeyOrOfItsOwnersPages() throws {
        let first = try fixture.keep(key: 1, deduplicates: true)
        #expect(first.isSendersOwn)
        for (key, isOwn) in [(1, true), (2, false), (nil, true)] as [(Int?, Bool)] {
            let again = try fixture.keep(key: key, deduplicates: true)
            #expect(again.file.id == first.file.id && again.isSendersOwn == isOwn)
        }
        // Of several, the one of its own key.
        let second = try fixture.keep(key: 2)
        let again = try fixture.keep(key: 2, deduplicates: true)
        #expect(again.file.id == second.file.id && again.isSendersOwn)
        // A page's upload, and one from before, is no key's.
        try fixture.keep("page", deduplicates: true)
        #expect(try fixture.keep("page", key: 1, deduplicates: true).isSendersOwn == false)
    }

    @Test func aDeleteLinkWorksOnceAndKeepsTheBytes() throws {
        let file = try fixture.keep().file
        let other = try fixture.keep().file
        let token = fixture.store.deleteToken(of: file)
        #expect(try fixture.store.delete(token: token)?.id == file.id)
        #expect(try fixture.store.delete(token: token) == nil)
        #expect(!fixture.store.uploads.holds(file.path.text))
        #expect(fixture.store.uploads.holds(other.path.text))
        #expect(fixture.removed.paths == [file.path.text])
        #expect(try fixture.store.recycleBin.entries() == [file.path.flat])
    }

    @Test(arguments: ["", "AAAA", String(repeating: "A", count: 43), String(repeating: "é", count: 43), "../../etc/passwd"])
    func foreignTokensDeleteNothing(token: String) throws {
        try fixture.keep()
        #expect(try fixture.store.delete(token: token) == nil)
    }

    @Test func everyChangedBitOfATokenIsRefused() {
        let link = DeleteLink(secret: [9])
        let token = link.token(for: 77)
        #expect(link.id(of: token) == 77)
        #expect(DeleteLink(secret: [8]).id(of: token) == nil)
        for index in token.indices.dropLast() {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(link.id(of: changed) == nil)
        }
    }

    @Test func noTokenIsGoodForTwoPurposes() throws {
        let file = try fixture.keep().file
        let store = fixture.store
        #expect(try store.file(hiddenAs: store.hideToken(of: file))?.id == file.id)
        #expect(try store.file(hiddenAs: store.deleteToken(of: file)) == nil)
        #expect(try store.delete(token: store.hideToken(of: file)) == nil)
        #expect(try store.delete(token: store.deleteToken(of: file)) != nil)
        #expect(try store.file(hiddenAs: store.hideToken(of: file)) == nil)
    }

    /// How far the deletion had come: not at all, moved but not recorded, and moved away by somebody.
    @Test(arguments: [0, 1, 2]) func anInterruptedDeletionIsFinishedAtStart(progress: Int) throws {
        let file = try fixture.keep().file
        let name = file.path.flat
        if progress == 1 { try fixture.store.uploads.move(file.path.text, to: fixture.store.recycleBin, as: name) }
        if progress == 2 { try fixture.store.uploads.remove(file.path.text) }
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5 WHERE id = ?", file.id)
        #expect(try fixture.store.finishDeletions().isEmpty)
        #expect(try fixture.store.finishDeletions().isEmpty)
        #expect(!fixture.store.uploads.holds(file.path.text))
        #expect(fixture.store.recycleBin.holds(name) == (progress < 2))
        #expect(try fixture.database.first("SELECT state FROM file") { $0.integer(0) } == 2)
        #expect(try fixture.store.statistics().listed == 0)
    }

    /// The name was taken, and the deletion came as far as the second one, or beyond.
    @Test(arguments: [false, true]) func anInterruptedDeletionKeepsItsSecondName(isGone: Bool) throws {
        let other = try fixture.keep("other").file
        let file = try fixture.keep("bytes").file
        let (bin, uploads) = (fixture.store.recycleBin, fixture.store.uploads)
        let (flat, own) = (file.path.flat, FlatName.of(file.path, number: file.id))
        try uploads.move(other.path.text, to: bin, as: flat)
        try uploads.link(file.path.text, into: bin, as: own)
        if isGone { try uploads.remove(file.path.text) }
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5 WHERE id = ?", file.id)
        #expect(try fixture.store.finishDeletions().isEmpty)
        #expect(try fixture.database.first("SELECT recycled_name FROM file WHERE id = ?", file.id) { $0.text(0) } == own)
        #expect(!uploads.holds(file.path.text))
        #expect(try bin.entries().sorted() == [flat, own].sorted())
    }

    /// A program that starts leaves them to whoever is at it.
    @Test func somebodyElseWhoDeletesIsNotWaitedFor() throws {
        let file = try fixture.keep().file
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5 WHERE id = ?", file.id)
        let turn = try fixture.store.locks.lock("deletions")
        #expect(try fixture.store.finishDeletions(waits: false).isEmpty)
        #expect(fixture.store.uploads.holds(file.path.text))
        withExtendedLifetime(turn) {}
    }

    /// Nor is another machine, whose locks of files are others.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func anotherMachineThatDeletesIsNotWaitedFor() throws {
        let file = try fixture.keep().file
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5 WHERE id = ?", file.id)
        let other = try fixture.databases.another()
        var held = try other.lock(.deletions, patience: nil)
        #expect(try held != nil && fixture.store.finishDeletions(waits: false).isEmpty)
        #expect(fixture.store.uploads.holds(file.path.text))
        held = nil
        #expect(try fixture.store.finishDeletions(waits: false).isEmpty)
        #expect(!fixture.store.uploads.holds(file.path.text))
    }

    /// Other nodes have thumbnails of them.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func otherNodesHearOfWhatIsGone() throws {
        func told() throws -> Set<String> { Set(try fixture.database.all("SELECT path FROM removal") { $0.text(0) }) }
        let files = try (0..<3).map { try fixture.keep("\($0)").file }
        #expect(try told() == [])
        _ = try fixture.store.delete(files.prefix(2).map(\.id), recycles: true)
        #expect(try told() == Set(files.prefix(2).map(\.path.text)))
        _ = try fixture.store.delete(files[2].id, recycles: false)
        #expect(try told() == Set(files.map(\.path.text)))
    }

    /// Those for good and those for the bin, and others that are gone already.
    @Test func severalAreMarkedAndFinishedTogether() throws {
        let files = try (0..<230).map { try fixture.keep("\($0)").file }
        try fixture.database.run("UPDATE file SET expires_at = ? WHERE id = ?", Now.seconds + 100, files[7].id)
        let (done, failed) = try fixture.store.delete(files.map(\.id) + [0, 99_999], recycles: true)
        #expect(done.count == 230 && failed.isEmpty)
        let rows = try fixture.database.all("SELECT state, recycled_name FROM file") { ($0.integer(0), $0.optionalText(1)) }
        let names = try fixture.store.recycleBin.entries()
        #expect(rows.count == 230 && rows.allSatisfy { $0.0 == 2 } && Set(rows.compactMap(\.1)) == Set(names))
        let again = try (0..<3).map { try fixture.keep("again \($0)").file }
        #expect(try fixture.store.delete(again.map(\.id), recycles: false).done.count == 3)
        #expect(try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 230)
    }

    @Test func manyDeletionsAtOnce() throws {
        let files = try (0..<450).map { try fixture.keep("\($0)").file }
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5")
        #expect(try fixture.store.finishDeletions().isEmpty)
        #expect(try fixture.store.recycleBin.entries().count == 450)
        #expect(files.allSatisfy { !fixture.store.uploads.holds($0.path.text) })
        #expect(try fixture.database.first("SELECT COUNT(DISTINCT recycled_name) FROM file WHERE state = 2") { $0.integer(0) } == 450)
    }

    @Test func theCollectionEmptiesTheBinAndPutsStraysAside() throws {
        let kept = try fixture.keep().file
        let deleted = try fixture.keep().file
        _ = try fixture.store.delete(token: fixture.store.deleteToken(of: deleted))
        let folder = try fixture.store.uploads.folder(kept.path.folder)
        for name in ["abcdefghijkl.png", "imported-picture.png"] { try Draft(in: folder).publish(as: name, in: folder) }
        #expect(try fixture.store.collectGarbage(GarbageRules(recycleDays: 30)).removed == 0)
        // (What is put aside in the second after the collection began waits for the next one.)
        let reports = try (0..<2).map { _ in try fixture.store.collectGarbage(GarbageRules(recycleDays: 0, strayAge: 0)) }
        #expect(reports.reduce(0) { $0 + $1.removed } == 2 && reports.reduce(0) { $0 + $1.strays } == 1)
        #expect(try folder.entries().sorted() == [kept.path.name, "imported-picture.png"].sorted())
        #expect(try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 1)
    }
}
