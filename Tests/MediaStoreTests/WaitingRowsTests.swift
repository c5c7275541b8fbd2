import Database
import Media
@testable import MediaStore
import SiteTestSupport
import TestSupport
import Testing
import Time

/// New rows are counted later, and nobody notices.
@Suite struct WaitingRowsTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    private func number(_ statement: String) throws -> Int { try fixture.database.first(statement) { $0.integer(0) } ?? -1 }

    /// What the rows themselves say.
    private func expectNumbersAsCounted(uploads: Int) throws {
        let listed = "FROM file WHERE state = 0 AND is_public = 1"
        let numbers = try store.statistics()
        #expect(try numbers.images == number("SELECT COUNT(*) \(listed) AND kind = 'image'"))
        #expect(try numbers.videos == number("SELECT COUNT(*) \(listed) AND kind = 'video'"))
        #expect(try numbers.uploads == uploads && numbers.views == number("SELECT COALESCE(SUM(views), 0) FROM file"))
        for owner in [1, 2] {
            let kept = "FROM file WHERE state = 0 AND account_id = \(owner)"
            #expect(try store.numbers(of: owner) == OwnerNumbers(
                files: number("SELECT COUNT(*) \(kept)"), bytes: number("SELECT COALESCE(SUM(size), 0) \(kept)"),
                views: number("SELECT COALESCE(SUM(views), 0) \(kept)")))
        }
        let days = try store.dayCounts(Int.min..<Int.max)
        #expect(try days.reduce(0) { $0 + $1.uploads } == uploads && days.reduce(0) { $0 + $1.bytes } == number("SELECT COALESCE(SUM(size), 0) \(listed)"))
        #expect(try store.filesOfToday() == numbers.listed && store.monthCounts().reduce(0) { $0 + $1.files } == numbers.listed)
        #expect(try store.wrongDays() == [] && store.report().files == number("SELECT COUNT(*) FROM file WHERE state = 0"))
    }

    private func expectListAsSorted() throws {
        for order in ListOrder.allCases {
            let ids = try fixture.database.all("SELECT id FROM file WHERE state = 0 AND is_public = 1 ORDER BY \(order.column) DESC, id DESC") { $0.integer(0) }
            #expect(try store.list(ListRequest(order: order)).files.map(\.id) == Array(ids.prefix(20)))
        }
    }

    /// What may happen to a file, once it is counted or before.
    private func change(_ file: StoredFile, by number: Int) throws {
        switch number {
        case 0: _ = try store.delete(file.id)
        case 1: _ = try store.delete(file.id, recycles: false)
        case 2: _ = try store.carryOut(.hide, on: [file.id], of: nil)
        case 3: _ = try store.carryOut(.publish, on: [file.id], of: nil)
        case 4: _ = try store.carryOut(.restore, on: [file.id], of: nil)
        case 5: try store.addViews([file.path: 2])
        default: try fixture.database.run("UPDATE file SET size = size + 1, account_id = 2 WHERE id = ?", file.id)
        }
    }

    @Test func everyNumberIsThatOfAllRows() throws {
        var files: [StoredFile] = []
        for step in 0..<400 {
            if step % 2 == 0 || files.isEmpty {
                files.append(try fixture.keep("file \(step)", type: step % 5 == 0 ? .mp4 : .png, owner: step % 3 == 0 ? 1 : 2, key: step % 4).file)
            } else {
                let recent = files.suffix(100)
                try change(recent[recent.startIndex + step * 7_919 % recent.count], by: step * 31 / 10 % 7)
            }
            if step % 20 == 19 { try expectNumbersAsCounted(uploads: files.count) }
        }
        try expectListAsSorted()
        try fixture.countWaiting()
        try expectNumbersAsCounted(uploads: files.count)
        try expectListAsSorted()
        #expect(try store.waiting.numbers() == (0, 0, 0))
    }

    @Test func theSixtyFourthUploadCountsThem() throws {
        guard fixture.database.engine == .sqlite else { return }
        let counted = { try self.store.counters.value("uploads") ?? -1 }
        for _ in 1..<WaitingRows.batch { try fixture.keep("more") }
        #expect(try counted() == 0 && store.statistics().uploads == WaitingRows.batch - 1)
        try fixture.keep("last")
        #expect(try counted() == WaitingRows.batch && number("SELECT SUM(count) FROM shelf") == 3 * WaitingRows.batch)
        try fixture.keep("next")
        #expect(try counted() == WaitingRows.batch && store.statistics().uploads == WaitingRows.batch + 1)
    }

    /// Ids may begin anew far behind the last one, and somebody may insert rows by SQL.
    @Test func rowsBehindAGapAreCounted() throws {
        guard fixture.database.engine == .sqlite else { return }
        try fixture.keep("one")
        try fixture.database.run("UPDATE sqlite_sequence SET seq = 1000000 WHERE name = 'file'")
        try fixture.keep("two")
        #expect(try store.counters.value("uploads") == 2 && store.statistics().uploads == 2)
        try fixture.fill(0..<5_000) { "name \($0)" }
        #expect(try store.statistics().uploads == 5_002)
        _ = try store.collectGarbage(GarbageRules(recycleDays: 30))
        #expect(try store.counters.value("uploads") == 5_002 && store.statistics().uploads == 5_002)
    }

    /// An account may not store more because its files are not counted yet.
    @Test func quotaHoldsWithRowsThatWait() throws {
        try fixture.database.run("UPDATE account SET file_limit = 3 WHERE id = 1")
        for _ in 0..<3 { try fixture.keep("file") }
        #expect(throws: QuotaExceeded.files(used: 3, limit: 3)) { try fixture.keep("file") }
    }

    /// Pages far behind, where segments of the list are skipped: rows that wait lie before and behind them.
    @Test func pagesFarBehindAreTheSame() throws {
        try fixture.fill(0..<5_000) { "name \($0)" }
        try fixture.countWaiting()
        for number in 0..<40 {
            let file = try fixture.keep("file \(number)").file
            try fixture.database.run("UPDATE file SET created_at = ?, views = ?, size = ? WHERE id = ?", 1_700_000_000 + number, number % 4, number, file.id)
        }
        for order in ListOrder.allCases {
            for descending in [false, true] {
                let direction = descending ? "DESC" : "ASC"
                let ids = try fixture.database.all(
                    "SELECT id FROM file WHERE state = 0 AND is_public = 1 ORDER BY \(order.column) \(direction), id \(direction)") { $0.integer(0) }
                for page in [1, 40, 51, 60, 100, 150, 200, 226] {
                    let request = ListRequest(page: Paging(page, size: 20), order: order, descending: descending)
                    #expect(try store.list(request).files.map(\.id) == Array(ids.dropFirst((page - 1) * 20).prefix(20)))
                }
            }
        }
    }

    /// A change of counted rows makes a segment too long while rows wait within it.
    @Test func segmentsAreDividedWithoutRowsThatWait() throws {
        try fixture.fill(0..<2_200) { "name \($0)" }
        try fixture.countWaiting()
        #expect(try number("SELECT MAX(count) FROM shelf") == 1_980)
        for step in 0..<40 {
            let file = try fixture.keep("file \(step)").file
            try fixture.database.run("UPDATE file SET created_at = 0, size = 0 WHERE id = ?", file.id)
        }
        _ = try store.carryOut(.publish, on: Array(1...1_000), of: nil)
        #expect(try number("SELECT COUNT(*) FROM shelf") == 6 && fixture.wrongShelves() == 0)
        try fixture.countWaiting()
        #expect(try fixture.wrongShelves() == 0)
    }

    /// The days' rows are made anew then, also that of a row that waits.
    @Test func uploadStaysCountedWhileDaysAreDivided() throws {
        try fixture.keep("one")
        try store.deriveAnew(.days)
        let file = try fixture.keep("two", type: .mp4).file
        try store.derive(.days)
        _ = try store.delete(file.id, recycles: false)
        #expect(try store.dayCounts(SiteDay.today.seconds).map(\.uploads) == [1, 1])
    }

    /// An index by another condition would be read whole, for each page of a list.
    @Test func onlyRowsThatWaitAreRead() throws {
        var statements: [(text: String, values: [any Bindable])] = []
        let observed = ObservedDatabase(fixture.database) { statements.append(($0, $1)) }
        let waiting = WaitingRows(database: observed)
        _ = try (waiting.numbers(), waiting.numbers(of: 1), waiting.listedCount(), waiting.listedCount(of: 0..<9))
        for order in ListOrder.allCases { _ = try waiting.listedCount(in: order, isAbove: true, 1, 1) }
        let totals = TotalRows(database: observed)
        _ = try (totals.types(), totals.keys(atMost: 9))
        guard fixture.database.engine == .sqlite else { return }
        for statement in statements {
            var plan: [String] = []
            try fixture.database.each("EXPLAIN QUERY PLAN \(statement.text)", with: statement.values) { row in
                plan.append(row.text(3))
                return true
            }
            #expect(plan.filter { $0.contains(" file") } == ["SEARCH file USING INTEGER PRIMARY KEY (rowid>?)"], "\(statement.text)")
        }
    }
}
