import Database
import Disk
import Events
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import Time

@Suite struct ExpiryTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private static let day = 86_400
    /// By which the tests count: the clock's seconds may change between two of their steps.
    private let start = Now.seconds

    private func keep(_ text: String, in seconds: Int?, owner: Int? = 1, at placement: Placement = .unguessable) throws -> StoredFile {
        let draft = try Draft(in: store.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("a.png"), sha256: Array(text.utf8),
                          sentSHA256: Array(text.utf8), expiresAt: seconds.map { start + $0 })
        return try store.keep(draft, as: new, owner: owner, deduplicates: false, at: placement).file
    }

    private func sweep(in seconds: Int = 0, after pause: Int? = 60) throws -> ExpiryReport {
        let now = start + seconds
        return try store.removeExpired(lastSweep: pause.map { now - $0 }, now: now)
    }

    @Test func theyLieInAFolderOfTheirOwn() throws {
        let month = SiteTime.now.text.prefix(7).split(separator: "-").joined(separator: "/")
        #expect(try keep("a", in: 60).path.folder == "expiring/\(month)")
        #expect(try keep("b", in: 60, at: .named(folder: "2025/07/04", body: "b", fileExtension: "png")).path.text == "expiring/2025/07/04/b.png")
        #expect(try keep("c", in: nil).path.folder == month)
        #expect(StoredPath("expiring/a.png")?.isExpiring == true && StoredPath("expiringly/a.png")?.isExpiring == false)
    }

    @Test func aSweepRemovesWhatIsDueAndNothingElse() throws {
        let files = try (0..<5).map { try keep("\($0)", in: 60 * ($0 + 1)) }
        let staying = try keep("s", in: nil)
        let report = try sweep(in: 180)
        #expect((report.removed, report.recycled, report.failures, report.clockJump) == (3, 0, [], nil))
        #expect(fixture.removed.paths == files.prefix(3).map(\.path.text))
        #expect(try files.map { try store.anyFile($0.id) != nil } == [false, false, false, true, true])
        #expect(files.map { store.uploads.holds($0.path.text) } == [false, false, false, true, true])
        #expect(try store.recycleBin.entries().isEmpty && store.file(staying.id) != nil)
        #expect(try sweep(in: 180).removed == 0)
    }

    @Test func receiversAreTold() throws {
        let delivery = EventDelivery(database: fixture.database)
        try delivery.follow(["a"])
        let file = try keep("a", in: 60), visitors = try keep("b", in: nil, owner: nil)
        _ = try sweep(in: 60)
        _ = try store.retain(Retention(days: 1, files: 0, bytes: 0, recycles: true), now: Now.seconds + 2 * Self.day)
        let told = try delivery.newest(atMost: 9).reversed()
        #expect(told.map(\.kind) == [.uploaded, .uploaded, .expired, .expired])
        #expect(told.map { $0.path ?? "" } == [file.path.text, visitors.path.text, file.path.text, visitors.path.text])
    }

    /// More than are deleted at once.
    @Test func manyAtOnce() throws {
        try fixture.database.write {
            for number in 0..<450 {
                let id = try fixture.database.insert(
                    """
                    INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, expires_at)
                    VALUES (?, 'a.png', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), 0, ?)
                    """, "expiring/2020/01/f\(number).png", 1000 + number / 100)
                try store.names.add(insertedRow: #require(id))
            }
        }
        #expect(try sweep().removed == 450)
        #expect(try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 0)
    }

    @Test func whatHasExpiredIsHiddenBeforeItIsGone() throws {
        let (ending, staying) = (try keep("a", in: 60), try keep("b", in: nil))
        try fixture.database.run("UPDATE file SET expires_at = ? WHERE id = ?", Now.seconds, ending.id)
        #expect(try store.file(ending.id) == nil && store.file(at: ending.path) == nil && store.isOver(ending.path) && !store.isOver(staying.path))
        for owner in [nil, 1] {
            #expect(try store.list(ListRequest(owner: owner)).files.map(\.id) == [staying.id])
            #expect(try store.part(PartRequest(owner.map { .owned($0) } ?? .listed)).files.map(\.id) == [staying.id])
        }
        #expect(try store.list(ListRequest(search: "a.png")).files.map(\.id) == [staying.id])
        let day = SiteDay.today
        #expect(try store.list(DayRequest(day, descending: true, limit: 9)).files.map(\.id) == [staying.id])
        #expect(try store.neighbours(of: staying, since: nil).older == nil)
        #expect(try store.newest(of: 1, atMost: 9).map(\.id) == [staying.id])
        #expect(try store.report().largest.map(\.id) == [staying.id] && store.report().mostSeen.map(\.id) == [staying.id])
        #expect(try store.overdue(at: Now.seconds).count == 1)
    }

    @Test func theDayOfAnUploadShowsWhatWillExpire() throws {
        let file = try keep("a", in: 60)
        let named = try keep("b", in: 60, at: .named(folder: SiteDay.today.text, body: "b", fileExtension: "png"))
        #expect(try Set(store.list(DayRequest(.today, descending: true, limit: 9)).files.map(\.id)) == [file.id, named.id])
    }

    /// What a clock may have made of it is not lost, and addresses end all the same.
    @Test func aJumpOfTheClockPutsFilesIntoTheBin() throws {
        let (week, later) = (7 * Self.day, 400 * Self.day)
        let (one, other) = (try keep("a", in: Self.day), try keep("b", in: later + 600))
        let jumped = try sweep(in: later, after: week + 1)
        #expect((jumped.removed, jumped.recycled, jumped.clockJump, jumped.isClockInDoubt) == (0, 1, week + 1, true))
        #expect(!store.uploads.holds(one.path.text) && store.recycleBin.holds(one.path.flat))
        // For a day.
        let next = try sweep(in: later + 660)
        #expect((next.removed, next.recycled, next.clockJump, next.isClockInDoubt) == (0, 1, nil, true))
        #expect(store.recycleBin.holds(other.path.flat))
        try fixture.database.run("UPDATE file SET deleted_at = ?", Now.seconds + later + 660)
        let believed = try sweep(in: later + 2 * Self.day)
        #expect(!believed.isClockInDoubt && believed.removed == 0 && store.recycleBin.holds(one.path.flat))
        // The clock is right again.
        #expect(try store.restore(one.path.flat)?.id == one.id && store.file(one.id)?.expiresAt == one.expiresAt)
    }

    @Test(arguments: [nil, -5_000_000, 0, 60, 7 * 86_400]) func plausiblePauses(pause: Int?) throws {
        _ = try keep("a", in: 60)
        let report = try sweep(in: 60, after: pause)
        #expect((report.removed, report.isClockInDoubt) == (1, false))
    }

    @Test func aDeletedFileLeavesTheBinWhenItsTimeIsOver() throws {
        let file = try keep("a", in: 600)
        _ = try store.delete(file.id)
        #expect(try sweep(in: 599).removed == 0 && store.recycleBin.holds(file.path.flat))
        #expect(try sweep(in: 600).removed == 1)
        #expect(try store.recycleBin.entries().isEmpty && store.anyFile(file.id) == nil)
    }

    private func end(_ file: StoredFile) throws { try fixture.database.run("UPDATE file SET expires_at = ? WHERE id = ?", Now.seconds - 9, file.id) }

    private func doubtTheClock() throws { try store.counters.set(MediaStore.clockDoubtedUntil, to: Now.seconds + 600) }

    /// Whoever deletes it: a file whose time is over is not kept in the bin any longer than the sweep would have kept it.
    @Test(arguments: 0..<4) func aFileThatIsDeletedAfterItsEndGoesForGood(way: Int) throws {
        let (ending, staying) = (try keep("a", in: 60), try keep("b", in: 60))
        try end(ending)
        switch way {
        case 0: for file in [ending, staying] { #expect(try store.delete(file.id)?.id == file.id) }
        case 1: #expect(try store.carryOut(.recycle, on: [ending.id, staying.id], of: 1).done == [ending.id, staying.id])
        case 2: #expect(try store.deleteFolder(#require(StoredPath(ending.path.folder))))
        default: #expect(try store.discardFiles(of: 1) == 2 && store.finishDeletions().isEmpty)
        }
        #expect(try store.anyFile(ending.id) == nil && store.anyFile(staying.id)?.isRecycled == true)
        #expect(try store.recycleBin.entries() == [staying.path.flat])
    }

    /// What ended by a clock that is wrong may be wanted still.
    @Test(arguments: 0..<3) func notByAClockThatIsInDoubt(way: Int) throws {
        let file = try keep("a", in: 60)
        try end(file)
        try doubtTheClock()
        switch way {
        case 0: _ = try store.delete(file.id)
        case 1: _ = try store.deleteFolder(#require(StoredPath(file.path.folder)))
        default: #expect(try store.discardFiles(of: 1) == 1 && store.finishDeletions().isEmpty)
        }
        #expect(try store.recycleBin.entries() == [file.path.flat])
        #expect(try sweep(in: 2 * Self.day).removed == 0 && store.restore(file.path.flat) != nil)
    }

    @Test func nobodyChangesWhatHasExpired() throws {
        let file = try keep("a", in: 60)
        try end(file)
        let draft = try Draft(in: store.uploads)
        try Array("b".utf8).withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("b.png"), sha256: [2], sentSHA256: [2])
        for owner in [nil, 1] {
            #expect(try store.rename(file.id, to: ClientName("b.png"), of: owner) == nil && store.replace(file.id, with: draft, as: new, of: owner) == nil)
            for action in [BulkAction.hide, .publish] { #expect(try store.carryOut(action, on: [file.id], of: owner).failed.map(\.failure) == [.notThere]) }
        }
        let row = try #require(try store.anyFile(file.id))
        #expect(row.originalName == "a.png" && row.version == 0 && row.isPublic)
    }

    /// Whoever takes a file out of the bin means to keep it.
    @Test func aRestoredFileThatHasExpiredStays() throws {
        let file = try keep("a", in: 600)
        _ = try store.delete(file.id)
        try fixture.database.run("UPDATE file SET expires_at = ? WHERE id = ?", Now.seconds - 9, file.id)
        #expect(try store.restore(file.path.flat) != nil)
        #expect(try store.file(file.id)?.expiresAt == nil && sweep().removed == 0)
    }

    @Test func theFormerBytesOfAFileEndWithIt() throws {
        let file = try keep("a", in: 600)
        let draft = try Draft(in: store.uploads)
        try Array("b".utf8).withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("b.png"), sha256: [2], sentSHA256: [2])
        #expect(try store.replace(file.id, with: draft, as: new, of: 1)?.former?.expiresAt == file.expiresAt)
        #expect(try sweep(in: 600).removed == 2)
        #expect(try store.recycleBin.entries().isEmpty && !store.uploads.holds(file.path.text))
    }

    /// A file that cannot be removed is tried again by every sweep, and told.
    @Test func aFailureIsToldAndTriedAgain() throws {
        let files = [try keep("a", in: 60), try keep("b", in: 60)]
        (fixture.removed.fails, fixture.removed.failing) = (true, files[0].path.text)
        for removed in [1, 0] {
            let report = try sweep(in: 60)
            #expect(report.removed == removed && report.failures.count == 1 && report.failures[0].contains(files[0].path.text))
        }
        fixture.removed.fails = false
        #expect(try sweep(in: 60).failures.isEmpty && store.anyFile(files[0].id) == nil)
    }

    @Test func strangersInTheirFolderAreCollected() throws {
        let month = try store.uploads.folder("expiring/2025/07", creates: true)
        try Draft(in: store.uploads).publish(as: "0123456789ab.png", in: month)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10)).strays == 1)
        #expect(store.recycleBin.holds("expiring_2025_07_0123456789ab.png"))
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 0, strayAge: -10)).removed == 1)
    }
}
