import Database
import Media
@testable import MediaStore
import Testing
import Time

@Suite struct ReportTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    /// What the totals should be.
    private func expectTotalsAsCounted() throws {
        func rows(_ statement: String) throws -> Set<String> {
            Set(try fixture.database.all(statement) { "\($0.text(0)) \($0.integer(1)) \($0.integer(2))" })
        }
        #expect(try Set(store.typeTotals().map { "\($0.type.rawValue) \($0.files) \($0.bytes)" })
            == rows("SELECT type, COUNT(*), SUM(size) FROM file WHERE state = 0 GROUP BY 1"))
        #expect(try Set(store.report().keys.map { "\($0.key ?? 0) \($0.files) \($0.bytes)" })
            == rows("SELECT CAST(COALESCE(key_id, 0) AS TEXT), COUNT(*), SUM(size) FROM file WHERE state = 0 GROUP BY 1"))
    }

    @Test(arguments: [false, true]) func totalsFollowTheFiles(waits: Bool) throws {
        let (one, two) = (try fixture.keep("one", key: 7).file, try fixture.keep("three", type: .mp4).file)
        _ = try fixture.keep("four", key: 7)
        if !waits { try fixture.countWaiting() }
        try expectTotalsAsCounted()
        let report = try store.report()
        #expect(report.files == 3 && report.bytes == 3 + 5 + 4 && report.types.map(\.type) == [.png, .mp4] && report.keys.map(\.key) == [7, nil])
        try fixture.database.run("UPDATE file SET is_public = 0, views = 9, size = 100 WHERE id = ?", one.id)
        try expectTotalsAsCounted()
        _ = try store.delete(one.id)
        try expectTotalsAsCounted()
        try fixture.database.run("UPDATE file SET state = 0, key_id = NULL WHERE id = ?", one.id)
        try expectTotalsAsCounted()
        try fixture.database.run("DELETE FROM file WHERE id = ?", two.id)
        try expectTotalsAsCounted()
        #expect(try store.report().types.map(\.type) == [.png])
    }

    /// What was there before a migration, while others upload and delete.
    @Test func filesOfBeforeAreTotalledOnce() throws {
        let kept = try ["one", "two", "three"].map { try fixture.keep($0, key: 7).file }
        _ = try store.delete(kept[0].id)
        try store.deriveAnew(.totals)
        _ = try fixture.keep("four")
        _ = try store.delete(kept[1].id)
        #expect(try !store.report().isComplete && store.report().files == (fixture.database.engine == .sqlite ? 1 : 0), "four waits")
        try store.derive(.totals)
        try expectTotalsAsCounted()
        _ = try (store.delete(kept[2].id), fixture.keep("five", type: .mp4))
        try expectTotalsAsCounted()
        #expect(try store.report().isComplete && store.report().files == 2)
    }

    @Test func thirtyDaysEndToday() throws {
        let report = try store.report()
        #expect(report.days.count == 30 && report.days.last?.day == .today && report.days.allSatisfy { $0.uploads == 0 && $0.bytes == 0 && $0.views == 0 })
        #expect(report.isComplete && report.types == [] && report.keys == [] && report.largest.isEmpty && report.mostSeen.isEmpty)
        let (small, large) = (try fixture.keep("12").file, try fixture.keep("12345").file)
        try store.addViews([small.path: 3])
        let filled = try store.report()
        #expect(filled.days.last == ReportedDay(day: .today, uploads: 2, bytes: 7, views: 3) && filled.views == 3)
        #expect(filled.largest.map(\.id) == [large.id, small.id] && filled.mostSeen.map(\.id) == [small.id, large.id])
        #expect(try store.report(now: Now.seconds + 86_400).days.suffix(2).map(\.uploads) == [2, 0])
        #expect(try store.report(now: Now.seconds + 31 * 86_400).days.allSatisfy { $0.uploads == 0 })
    }
}
