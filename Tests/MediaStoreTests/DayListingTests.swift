// The gallery and the numbers that go by days of the calendar.

import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import Time

@Suite struct DayListingTests {
    let fixture: Fixture
    private let day = SiteDay("2025/07/04")!

    init() throws { fixture = try Fixture() }

    private func add(_ path: String, at moment: Int = 0, size: Int = 1, isPublic: Bool = true, state: Int = 0) throws {
        try fixture.database.run(
            """
            INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, is_public, created_at, state)
            VALUES (1, ?, '', 'png', 'image', ?, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?, ?)
            """, path, size, isPublic, moment, state)
    }

    private func names(_ request: DayRequest) throws -> [String] { try fixture.store.list(request).files.map(\.path.text) }

    @Test func aDayIsItsFolderAndWhatCameIntoTheMonthsOnThatDay() throws {
        let noon = day.seconds.lowerBound + 43_200
        for path in ["2025/07/04/b.jpg", "2025/07/04/a.JPG", "2025/07/04/c.png", "2025/07/04/é.png"] { try add(path) }
        for path in ["2025/07/04/sub/x.png", "2025/07/05/x.png", "2025/07/04x/x.png", "2025/07/04.png", "anna/2025/07/04/x.png",
                     "cache/2025/07/04/x.png", "2025/07/0/x.png"] { try add(path) }
        try add("2025/07/api.png", at: noon)
        try add("videos/2025/07/film.mp4", at: noon)
        try add("2025/07/other-day.png", at: noon + 86_400)
        try add("anna/2025/07/01/other-folder.png", at: noon)
        try add("2025/07/04/private.png", isPublic: false)
        try add("2025/07/04/deleted.png", state: 2)
        let all = ["2025/07/04/a.JPG", "2025/07/api.png", "2025/07/04/b.jpg", "2025/07/04/c.png", "videos/2025/07/film.mp4",
                   "2025/07/04/é.png"]
        #expect(try names(DayRequest(day, descending: false, limit: 20)) == all)
        #expect(try names(DayRequest(day, descending: true, limit: 20)) == all.reversed())
        #expect(try names(DayRequest(day, descending: false, limit: 2, page: 2)) == Array(all[2..<4]))
        #expect(try fixture.store.list(DayRequest(day, descending: false, limit: 2)).total == 6)
        #expect(try names(DayRequest(day, fileExtension: "jpg", descending: false, limit: 20)) == ["2025/07/04/a.JPG", "2025/07/04/b.jpg"])
        #expect(try names(DayRequest(day, fileExtension: "%", descending: false, limit: 20)) == [])
        #expect(try names(DayRequest(day, descending: false, limit: 1_000_000, page: .max)) == [])
    }

    @Test(.enabled(if: TestDatabase.engine == .sqlite, "its plans")) func aDayIsFoundByIndexes() throws {
        var plan: [String] = []
        let statement = """
            SELECT id FROM file WHERE path >= '2025/07/04/' AND path < '2025/07/040' AND state = 0 AND is_public = 1
            UNION ALL SELECT id FROM file WHERE created_at >= 1 AND created_at < 2 AND state = 0 AND is_public = 1
            """
        plan = try fixture.database.all("EXPLAIN QUERY PLAN " + statement) { $0.text(3) }
        #expect(plan.contains { $0.contains("(path>? AND path<?)") } && plan.contains { $0.contains("file_by_created_at") })
    }

    @Test func numbersCountWhatIsPublicAndThere() throws {
        let now = SiteDay("2025/07/04")!.seconds.lowerBound + 3600
        try add("2025/07/04/a.png", at: now, size: 1000)
        try add("2025/07/04/b.png", at: now - 7200, size: 24)
        try add("c.png", at: now - 86_400 * 29, size: 1)
        try add("anna/2025/x.png", at: now - 86_400 * 30, size: 1)
        try add("2025/07/03/d.png", at: now, size: 7, state: 2)
        try add("2025/07/02/e.png", at: now, size: 7, isPublic: false)
        let numbers = try fixture.store.numbers(hours: 2, now: now)
        #expect((numbers.files, numbers.folders, numbers.bytes) == (4, 5, 1026))
        #expect(numbers.days == [1, 1] + [Int](repeating: 0, count: 27) + [1])
    }

    @Test func numbersAreKeptForSomeHoursOfADay() throws {
        let midnight = SiteDay("2025/07/04")!.seconds.lowerBound
        func files(_ hours: Int, _ moment: Int) throws -> Int { try fixture.store.numbers(hours: hours, now: moment).files }
        #expect(try files(2, midnight) == 0)
        try add("a.png")
        #expect(try files(2, midnight + 7199) == 0)
        #expect(try files(0, midnight + 7199) == 1)
        try add("b.png")
        #expect(try files(2, midnight + 7200) == 1)
        #expect(try files(2, midnight + 7199 + 7200) == 2)
        try add("c.png")
        // A clock that was set back, and a new day.
        #expect(try files(8760, midnight) == 3)
        try add("d.png")
        #expect(try files(8760, midnight + 86_399) == 3)
        #expect(try files(8760, midnight + 86_400) == 4)
        try fixture.databases.makeReadOnly()
        #expect(try files(0, midnight + 86_400) == 4)
    }
}
