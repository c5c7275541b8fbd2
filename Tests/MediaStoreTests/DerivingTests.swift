import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import Time

/// Numbers of days, and what is filled in after a migration.
@Suite struct DerivingTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    private func insert(_ numbers: Range<Int>, at seconds: (Int) -> Int) throws {
        try fixture.databases.inPieces(numbers) { number in
            try fixture.database.run(
                """
                INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, created_at)
                VALUES (1, ?, 'n.png', 'png', ?, 10, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?)
                """, "2024/04/f\(number).png", number % 4 == 0 ? "video" : "image", seconds(number))
        }
    }

    private var all: [DayCount] { get throws { try store.dayCounts(Int.min..<Int.max) } }
    private var files: Int { get throws { try all.reduce(0) { $0 + $1.files } } }

    @Test func uploadsCountOnTheirDay() throws {
        try fixture.keep()
        try fixture.keep("two", type: .mp4)
        let today = SiteDay.today
        #expect(try all.map(\.kind) == [.image, .video] && all.allSatisfy { $0.day == today && $0.files == 1 && $0.uploads == 1 })
        let file = try fixture.keep("three").file
        try fixture.database.run("UPDATE file SET is_public = 0 WHERE id = ?", file.id)
        #expect(try all[0].files == 1 && all[0].uploads == 2 && all[0].bytes == 5)
        try fixture.database.run("UPDATE file SET is_public = 1 WHERE id = ?", file.id)
        try fixture.database.run("UPDATE file SET state = 2 WHERE id = ?", file.id)
        try fixture.database.run("DELETE FROM file WHERE id = ?", file.id)
        #expect(try all[0].files == 1 && all[0].uploads == 2 && store.wrongDays() == [])
    }

    @Test func viewsCountOnTheDayOfTheView() throws {
        let file = try fixture.keep().file
        try fixture.database.run("UPDATE file SET created_at = created_at - 864000 WHERE id = ?", file.id)
        try store.addViews([file.path: 3])
        try store.addViews([file.path: 2])
        #expect(try all.filter { $0.day == SiteDay.today && $0.kind == .image }.map(\.views) == [5])
    }

    /// Nothing else knows on which day a file was seen.
    @Test func viewsOutliveANewBeginning() throws {
        let file = try fixture.keep().file
        try store.addViews([file.path: 3])
        let today = try all.filter { $0.kind == .image }
        for _ in 0..<2 {
            try store.deriveAnew(.days)
            #expect(try !store.report().isComplete && store.monthCounts() == [])
            try store.addViews([file.path: 0])
            #expect(try all.reduce(0) { $0 + $1.views } == 3 && all.allSatisfy { $0.files == 0 && $0.bytes == 0 && $0.uploads == 0 })
            try store.derive(.days)
            #expect(try all.filter { $0.kind == .image } == today && store.report().isComplete && store.wrongDays() == [])
        }
    }

    /// The rows of former days overlap those of the zone that is meant now; each day's views go to the day that has most of it.
    @Test(arguments: [-5, 8]) func viewsOfAnotherTimeZone(hours: Int) throws {
        let days = (1...3).map { SiteDay.today.moved(by: -$0).seconds }
        try insert(0..<8) { days[$0 % 3].lowerBound + 60 }
        for (number, day) in days.enumerated() {
            for kind in ["image", "video"] {
                try fixture.database.run("INSERT INTO day_count VALUES (?, ?, ?, 202401, 9, 9, 9, ?)", kind, day.lowerBound + hours * 3_600,
                                         day.upperBound + hours * 3_600, kind == "image" ? number * 10 : number)
            }
        }
        try store.deriveAnew(.days)
        try store.derive(.days)
        for (number, day) in days.enumerated() {
            let found = try store.dayCounts(day)
            #expect(found.allSatisfy { $0.seconds == day })
            #expect(found.first { $0.kind == .image }?.views ?? 0 == number * 10 && found.first { $0.kind == .video }?.views ?? 0 == number)
        }
        #expect(try all.reduce(0) { $0 + $1.uploads } == 8 && files == 8 && store.wrongDays() == [])
    }

    /// What was there before a migration, while others upload and delete.
    @Test func rowsOfBeforeAreCountedOnce() throws {
        try insert(0..<5_000) { 1_700_000_000 + $0 * 100 }
        for derived in Derived.allCases { try store.deriveAnew(derived) }
        var (steps, number) = (0, 5_000)
        while try !store.isComplete(.days) {
            try store.derive(.days) { _, _ in
                steps += 1
                return false
            }
            for text in ["a\(steps)", "b\(steps)"] { try fixture.keep(text) }
            try insert(number..<number + 50) { 1_700_000_000 + $0 }
            number += 50
            try fixture.database.run("DELETE FROM file WHERE id % 97 = ?", steps)
            try fixture.database.run("UPDATE file SET is_public = 0 WHERE id % 89 = ?", steps)
        }
        #expect(try steps == 2 && store.wrongDays() == [])
        #expect(try files == store.statistics().listed)
        #expect(try store.monthCounts().reduce(0) { $0 + $1.files } == files)
    }

    @Test func monthsFromNewestToOldest() throws {
        try insert(0..<40) { 1_700_000_000 + $0 * 86_400 * 10 }
        #expect(try store.wrongDays()?.isEmpty == false, "rows whose day has no row of its own are not counted, and that is found")
        try store.deriveAnew(.days)
        #expect(try store.wrongDays() == nil && store.monthCounts() == [])
        try store.derive(.days)
        let months = try store.monthCounts()
        #expect(try months.reduce(0) { $0 + $1.files } == 40 && store.wrongDays() == [])
        #expect(months.map { $0.year * 12 + $0.month } == months.map { $0.year * 12 + $0.month }.sorted(by: >))
        #expect(try store.dayCounts(1_700_000_000..<1_701_000_000).count < all.count)
    }
}
