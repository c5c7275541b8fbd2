// Replacements that were interrupted, or that a disk refuses.

import Database
import Disk
import Media
@testable import MediaStore
import Testing
import TestSupport
import Time

extension ReplacementTests {
    // Crashes

    /// Another process finds what a killed one left after each step: one whole file at the path, and no others than the rows say.
    @Test(arguments: 0...4) func aCrashAfterAnyStep(step: Int) throws {
        let file = try fixture.keep("old").file
        let content = StoredContent(facts: new("newer").facts, size: 5, sha256: Array("newer".utf8), sentSHA256: Array("newer".utf8))
        let draft = try draft("newer")
        let pending = try store.beginReplacement(of: file, content, nil, keepsQuota: true)
        for part in MediaStore.stepsOfReplacement.prefix(step) { try part(store)(pending, draft) }
        let isNew = step >= 3
        #expect(try self.content(of: file) == (isNew ? "newer" : "old"), "before anybody repairs it")
        if step == 4 { try fixture.database.run("UPDATE file SET views = 2 WHERE id = ?", file.id) }
        try fixture.another().settleReplacements()
        #expect(try self.content(of: file) == (isNew ? "newer" : "old"))
        let now = try #require(try store.file(file.id))
        #expect(now.size == (isNew ? 5 : 3) && now.sha256 == Array((isNew ? "newer" : "old").utf8))
        #expect(try store.uploads.folder(file.path.folder).entries() == [file.path.name])
        let former = try store.anyFile(at: #require(file.path.numbered(1)))
        #expect((former != nil) == isNew && former?.isRecycled != false)
        #expect(try store.recycleBin.entries() == (former.map { [$0.path.flat] } ?? []))
        #expect(try number("SELECT COUNT(*) FROM replacement WHERE replaced_at IS NULL") == 0)
        try fixture.another().settleReplacements()
        #expect(try replace(file, "third")?.file.size == 5)
    }

    /// A later change of the file settles it first, whatever it is.
    @Test(arguments: [0, 1, 2, 3], [true, false]) func aLaterChangeSettlesIt(step: Int, deletes: Bool) throws {
        let file = try fixture.keep("old").file
        let content = StoredContent(facts: new("newer").facts, size: 5, sha256: Array("newer".utf8), sentSHA256: Array("newer".utf8))
        let draft = try draft("newer")
        let pending = try store.beginReplacement(of: file, content, nil, keepsQuota: true)
        for part in MediaStore.stepsOfReplacement.prefix(step) { try part(store)(pending, draft) }
        if deletes {
            #expect(try store.delete(file.id) != nil && store.restore(file.path.flat)?.id == file.id)
        } else {
            #expect(try replace(file, "third") != nil)
        }
        #expect(try self.content(of: file) == (deletes ? (step == 3 ? "newer" : "old") : "third"))
        #expect(try store.recycleBin.entries().count == (step == 3 ? 1 : 0) + (deletes ? 0 : 1))
        #expect(try store.file(file.id)?.size == store.uploads.file(file.path.text).size)
    }

    @Test func theCollectionSettlesIt() throws {
        let file = try fixture.keep("old").file
        let content = StoredContent(facts: new("newer").facts, size: 5, sha256: [1], sentSHA256: [1])
        let draft = try draft("newer")
        let pending = try store.beginReplacement(of: file, content, nil, keepsQuota: true)
        for part in MediaStore.stepsOfReplacement { try part(store)(pending, draft) }
        let report = try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: 0))
        #expect(try report.failures.isEmpty && store.file(file.id)?.size == 5 && store.recycleBin.entries().count == 1)
        _ = try store.collectGarbage(GarbageRules(recycleDays: 30, isConfirmed: true), now: Now.seconds + 2 * 86_400)
        #expect(try number("SELECT COUNT(*) FROM replacement") == 0)
    }

    /// The disk refuses in the middle: the file stays as it was.
    @Test func aDiskThatRefusesLeavesTheFormerContent() throws {
        let file = try fixture.keep("old").file
        _ = try store.uploads.folder("\(file.path.folder)/.replacing-\(file.id)", creates: true)
        #expect(throws: DiskError.self) { try replace(file, "new") }
        #expect(try content(of: file) == "old" && store.recycleBin.entries().isEmpty)
    }

    /// Its thumbnails cannot be removed: the new content is there, and the rest is done later.
    @Test func whatFailsAtTheEndIsDoneLater() throws {
        let file = try fixture.keep("old").file
        fixture.removed.fails = true
        #expect(throws: DiskError.self) { try replace(file, "newer") }
        #expect(try content(of: file) == "newer" && store.file(file.id)?.size == 3)
        #expect(throws: DiskError.self) { try store.settleReplacements() }
        fixture.removed.fails = false
        try store.settleReplacements()
        #expect(try store.file(file.id)?.size == 5 && fixture.removed.paths == [file.path.text])
    }

    @Test func somebodyElseWhoIsAtWorkIsNotWaitedFor() throws {
        let file = try fixture.keep("old").file
        _ = try store.beginReplacement(of: file, StoredContent(facts: new("n").facts, size: 1, sha256: [1], sentSHA256: [1]), nil, keepsQuota: true)
        let turn = try store.locks.lock("deletions")
        try withExtendedLifetime(turn) { try fixture.another().settleReplacements(waits: false) }
        #expect(try number("SELECT COUNT(*) FROM replacement WHERE replaced_at IS NULL") == 1)
    }

    /// A file that was imported has no digest, and a name of its own.
    @Test func importedFiles() throws {
        let path = try #require(StoredPath("2025/07/01/图.PNG"))
        _ = try store.uploads.folder(path.folder, creates: true)
        fixture.temporary.write(Array("old".utf8), as: "uploads/\(path.text)")
        try store.adopt([AdoptedFile(path: path, facts: MediaFacts(type: .png), originalName: ClientName("图.PNG"), size: 3, createdAt: 5, owner: nil, sender: nil)])
        let file = try #require(try store.file(at: path))
        let former = try #require(try replace(file, "new")?.former)
        #expect(former.path.text == "2025/07/01/图_1.PNG" && former.createdAt == 5)
        #expect(try content(of: file) == "new")
    }
}
