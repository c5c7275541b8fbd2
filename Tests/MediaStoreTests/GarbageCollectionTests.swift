import Disk
import Glibc
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import Time

@Suite struct GarbageCollectionTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private static let day = 86_400
    private static let start = 1_700_000_000

    private func place(_ count: Int, in folder: Folder, _ prefix: String = "") throws {
        for number in 0..<count {
            let draft = try Draft(in: store.uploads)
            try draft.publish(as: "\(prefix)\(String(1_000_000 + number, radix: 10))zzzzz.png", in: folder)
        }
    }

    private func collect(at day: Int, recycleDays: Int = 30, isConfirmed: Bool = false) throws -> GarbageReport {
        try store.collectGarbage(GarbageRules(recycleDays: recycleDays, ownsTree: false, isConfirmed: isConfirmed),
                                 now: GarbageCollectionTests.start + day * GarbageCollectionTests.day)
    }

    /// A deleted file, since the day of that number.
    private func deleted(on day: Int) throws -> StoredFile {
        let file = try fixture.keep().file
        _ = try store.delete(file.id)
        try fixture.database.run("UPDATE file SET deleted_at = ? WHERE id = ?", Self.start + day * Self.day, file.id)
        return file
    }

    /// A file system without unnamed files has them by name: of an upload, of a copy into the recycle bin, and into a month that is a mount.
    @Test func draftsThatKilledProcessesLeftGoFromEachFolder() throws {
        let homes = [store.uploads, store.recycleBin, try store.uploads.folder("2025/07", creates: true)].map { $0.path }
        for home in homes {
            let incoming = try Folder(home).folder(Draft.incoming, creates: true)
            for name in ["old", "new"] { try Draft(in: incoming).publish(as: name, in: incoming) }
            var times = [timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2), timespec(tv_sec: time(nil) - 4_000, tv_nsec: 0)]
            #expect(utimensat(AT_FDCWD, "\(home)/\(Draft.incoming)/old", &times, 0) == 0)
        }
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30)).drafts == 3)
        for home in homes { #expect(try Folder(home).folder(Draft.incoming).entries() == ["new"]) }
    }

    // Files that no row knows

    @Test(arguments: [(20, 20, 0), (21, 0, 21)]) func manyUnknownFilesStayWhereTheyAre(count: Int, moved: Int, held: Int) throws {
        let month = try store.uploads.folder("2025/07", creates: true)
        try place(count, in: month)
        let report = try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10))
        #expect((report.strays, report.heldStrays) == (moved, held))
        #expect(try month.entries().count == count - moved)
        if held > 0 {
            let confirmed = try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10, isConfirmed: true))
            #expect((confirmed.strays, confirmed.heldStrays) == (held, 0))
            #expect(try store.recycleBin.entries().count == held)
        }
    }

    /// Another node has begun: what is left is that one's.
    @Test func whoLosesTheTurnStopsBeforeTheNextStep() throws {
        struct Lost: Error {}
        _ = try deleted(on: 0)
        let month = try store.uploads.folder("2025/07", creates: true)
        try place(3, in: month)
        #expect(throws: Lost.self) {
            try store.working({ throw Lost() }) { try store.collectGarbage(GarbageRules(recycleDays: 0, strayAge: -10)) }
        }
        #expect(try month.entries().count == 3 && store.recycleBin.entries().count == 1)
        #expect(throws: Lost.self) { try store.working({ throw Lost() }) { try store.removeExpired(lastSweep: nil) } }
        // It was for that work alone.
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 0, strayAge: -10)).removed > 0 && month.entries().isEmpty)
    }

    /// What comes between the list of what is old and its removal counts.
    @Test func whatIsDeletedAnewMeanwhileStaysInTheBin() throws {
        let file = try deleted(on: 0)
        var isNew = true
        let report = try store.working({
            guard isNew else { return }
            isNew = false
            let restored = try store.restore(FlatName.of(file.path, number: nil)), again = try store.delete(file.id)
            #expect(restored != nil && again != nil)
        }) { try collect(at: 40) }
        #expect(!isNew && report.removed == 0 && report.failures.isEmpty)
        #expect(try store.rows.any(file.id)?.state == .recycled && store.recycleBin.entries().count == 1)
    }

    @Test func whatGetsARowMeanwhileIsNoStray() throws {
        let month = try store.uploads.folder("2025/07", creates: true)
        try place(2, in: month)
        let names = try month.entries().sorted()
        var steps = 0
        let report = try store.working({
            steps += 1
            // (The first step looks through the folder.)
            guard steps == 2 else { return }
            try fixture.database.run(
                """
                INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
                VALUES (?, '', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), 0)
                """, "2025/07/\(names[0])")
        }) { try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10)) }
        #expect(report.strays == 1 && steps > 1)
        #expect(try month.entries() == [names[0]])
    }

    /// What the doctor looks at.
    @Test func aSampleOfUnknownFiles() throws {
        let now = Now.seconds
        try place(3, in: store.uploads.folder("2025/07", creates: true))
        try place(2, in: store.uploads.folder("2024/07", creates: true))
        _ = try fixture.keep()
        #expect(try store.strays(olderThan: now + 60, inNewest: 9, lookingAt: 100).count == 5)
        #expect(try store.strays(olderThan: now - 60, inNewest: 9, lookingAt: 100).isEmpty)
        #expect(try store.strays(olderThan: now + 60, inNewest: 2, lookingAt: 100).allSatisfy { $0.text.hasPrefix("2025/07/") })
        #expect(try store.strays(olderThan: now + 60, inNewest: 9, lookingAt: 3).count <= 3)
    }

    @Test func aHundredthOfAllIsFew() throws {
        try fixture.database.run(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            SELECT '2020/01/' || i || '.png', 'a.png', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), 5 FROM n
            """)
        let month = try store.uploads.folder("2025/07", creates: true)
        try place(25, in: month)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10)).strays == 25)
        try place(26, in: month)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10)).heldStrays == 26)
    }

    @Test func manyUnknownFilesOfTheBinStay() throws {
        try place(21, in: store.recycleBin, "2025_07_")
        let report = try store.collectGarbage(GarbageRules(recycleDays: 0))
        #expect((report.removed, report.heldRecycled) == (0, 21))
        #expect(try store.recycleBin.entries().count == 21)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 0, isConfirmed: true)).removed == 21)
    }

    /// The days of a file that was moved there count from then.
    @Test func strayFilesStayTheirDaysInTheBin() throws {
        let month = try store.uploads.folder("2025/07", creates: true)
        try place(1, in: month)
        let now = Now.seconds
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10), now: now).strays == 1)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10), now: now + 29 * Self.day).removed == 0)
        #expect(try store.collectGarbage(GarbageRules(recycleDays: 30, strayAge: -10), now: now + 31 * Self.day).removed == 1)
    }

    @Test func whatCannotBeRemovedKeepsNoneOfTheOthers() throws {
        let files = try (0..<3).map { try deleted(on: $0 - 100) }
        #expect(unlink("\(fixture.temporary.path)/recycle/\(files[0].path.flat)") == 0)
        let bad = try fixture.keep("bad").file
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5 WHERE id = ?", bad.id)
        fixture.removed.fails = true
        let report = try collect(at: 0)
        #expect(report.removed == 2 && report.failures.count == 1 && report.failures[0].contains(bad.path.text))
    }

    // Clocks

    @Test func dailyCollectionsAreNoJump() throws {
        _ = try deleted(on: 0)
        for day in 0..<30 {
            let report = try collect(at: day)
            #expect(report.removed == 0 && report.clockJump == nil)
        }
        #expect(try collect(at: 30).removed == 1)
    }

    /// After two months without a run, what is due goes.
    @Test func aPauseIsNoJump() throws {
        _ = try deleted(on: 0)
        #expect(try collect(at: 0).removed == 0)
        let report = try collect(at: 60)
        #expect(report.removed == 1 && report.clockJump == nil)
    }

    @Test(arguments: [3650, -3650]) func filesKeepTheirAgeWhenTheClockJumps(jump: Int) throws {
        _ = try deleted(on: 0)
        #expect(try collect(at: 10).clockJump == nil)
        let report = try collect(at: 11 + jump)
        #expect(report.removed == 0 && report.clockJump == (1 + jump) * Self.day)
        #expect(try collect(at: 12 + jump).removed == 0)
        // And set right again.
        let again = try collect(at: 13)
        #expect(again.removed == 0 && again.clockJump != nil)
        #expect(try collect(at: 14).clockJump == nil)
        #expect(try (15..<75).map { try collect(at: $0).removed }.reduce(0, +) == 1, "it goes in the end")
    }

    @Test func aJumpThatIsConfirmedIsNone() throws {
        _ = try deleted(on: 0)
        _ = try collect(at: 0)
        let report = try collect(at: 3650, isConfirmed: true)
        #expect(report.removed == 1 && report.clockJump == nil)
    }

    @Test func unknownFilesOfTheBinStayTheirDaysAfterAJump() throws {
        try place(1, in: store.recycleBin, "2025_07_")
        let now = Now.seconds
        func removed(_ days: Int) throws -> Int { try store.collectGarbage(GarbageRules(recycleDays: 30), now: now + days * Self.day).removed }
        #expect(try removed(0) == 0)
        #expect(try removed(3650) == 0)
        #expect(try removed(3670) == 0)
        #expect(try removed(3681) == 1)
    }
}
