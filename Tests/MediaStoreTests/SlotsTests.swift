import Database
import Disk
import Media
@testable import MediaStore
import SiteTestSupport
import TestSupport
import Testing
import Time

/// Counters to which several processes add.
@Suite struct SlotsTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    /// What readers are told.
    private func numbers() throws -> [String] {
        let report = try store.report(), statistics = try store.statistics()
        return try ["\(statistics.uploads) \(statistics.images) \(statistics.videos) \(statistics.views)", "\(report.types)", "\(report.keys.map { "\($0)" }.sorted())",
                    "\(store.numbers(of: 1))", "\(store.numbers(of: 2))", "\(store.dayCounts(Int.min..<Int.max))", "\(store.monthCounts())"]
    }

    private func keep(_ text: String, by store: MediaStore, owner: Int = 1, type: MediaType = .png) throws {
        let draft = try Draft(in: store.uploads), bytes = Array(text.utf8)
        try bytes.withUnsafeBytes { try draft.write($0) }
        _ = try store.keep(draft, as: NewFile(facts: MediaFacts(type: type), originalName: ClientName("a"), sha256: bytes, sentSHA256: bytes),
                           owner: owner, key: 7, deduplicates: false)
    }

    @Test func whatSeveralProcessesCountIsAddedUp() throws {
        var slots: Set<Int> = []
        for number in 0..<5 {
            let other = try fixture.another()
            try keep("\(number)", by: other, owner: 1 + number % 2, type: number == 4 ? .mp4 : .png)
            if fixture.database.engine == .postgresql { slots.insert(try #require(try slot(of: other.database))) }
        }
        #expect(try store.statistics().uploads == 5 && store.statistics().images == 4 && store.statistics().videos == 1)
        #expect(try store.numbers(of: 1).files == 3 && store.numbers(of: 2).files == 2 && store.filesOfToday() == 5)
        #expect(try store.report().types.map(\.files) == [4, 1] && store.report().keys.map(\.files) == [5] && store.wrongDays() == [])
        guard fixture.database.engine == .postgresql else { return }
        #expect(try Set(fixture.database.all("SELECT slot FROM counter_slot WHERE name = 'uploads'") { $0.integer(0) }) == slots)
        #expect(try fixture.database.first("SELECT value FROM counter WHERE name = 'uploads'") { $0.integer(0) } == 0)
    }

    @Test func aCollectionAddsUpAndChangesNoNumber() throws {
        for number in 0..<9 { try keep("\(number)", by: fixture.another(), owner: 1 + number % 2, type: number % 4 == 0 ? .mp4 : .png) }
        _ = try (store.delete(2), store.delete(3, recycles: false))
        let seen = try #require(try store.file(1))
        try store.addViews([seen.path: 5])
        let before = try numbers()
        for _ in 0..<2 {
            _ = try store.collectGarbage(GarbageRules(recycleDays: 30))
            #expect(try numbers() == before && fixture.wrongShelves() == 0)
            for table in SlottedTable.all where fixture.database.engine == .postgresql {
                #expect(try !fixture.database.has("SELECT 1 FROM \(Slots.table(of: table.name))"), "\(table.name)")
                #expect(try fixture.databases.rows(of: table.name) == fixture.database.all(
                    "SELECT one::text FROM (SELECT \((table.key + table.rest + table.sums).joined(separator: ", ")) FROM \(table.name)) AS one ORDER BY 1") { $0.text(0) })
            }
        }
        try keep("more", by: store)
        #expect(try store.statistics().uploads == 10 && fixture.wrongShelves() == 0 && store.wrongDays() == [])
    }

    private func slot(of database: any Database) throws -> Int? {
        try database.first("SELECT (pg_backend_pid() % \(Slots.count))::bigint") { $0.integer(0) }
    }

    /// (The first file of a type, a key, an account or a day makes their counters, for which others wait.)
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func nobodyWaitsForAnothersCounter() throws {
        try keep("first", by: store)
        var other = try fixture.another()
        while try slot(of: other.database) == slot(of: store.database) { other = try fixture.another() }
        let insert = """
            INSERT INTO file (account_id, key_id, path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            VALUES (1, 7, ?, 'n', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), \(Now.seconds))
            """
        try store.database.write(.rows) {
            try store.database.run(insert, "a")
            _ = try other.database.write(.rows) { try other.database.run(insert, "b") }
        }
        #expect(try store.statistics().uploads == 3 && store.numbers(of: 1).files == 3 && store.filesOfToday() == 3)
    }

    /// Segments of lists are divided by what they hold, so slots of theirs are added up before long.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func aFullSlotOfASegmentIsAddedUp() throws {
        let most = try #require(SlottedTable.shelf.capacity)
        #expect(most * Slots.count <= ShelfRows.capacity / 2)
        func counted() throws -> Int? { try fixture.database.first("SELECT MAX(count) FROM shelf") { $0.integer(0) } }
        for number in 0..<most { try keep("\(number)", by: store) }
        #expect(try counted() == 0)
        for number in 1...MediaStore.tidyingUpload { try keep("last \(number)", by: store) }
        #expect(try counted() ?? 0 > most && fixture.wrongShelves() == 0)
        #expect(try !fixture.database.has("SELECT 1 FROM shelf_slot WHERE count >= ?", MediaStore.tidyingUpload))
    }

    /// What others have deleted of it waits in slots.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func aSegmentIsDividedByAllThatItHolds() throws {
        var other = try fixture.another()
        while try slot(of: other.database) == slot(of: store.database) { other = try fixture.another() }
        func insert(_ count: Int, at place: String) throws {
            _ = try other.database.write(.rows) {
                try other.database.run("""
                    INSERT INTO file (account_id, path, original_name, type, kind, size, views, created_at, sha256, sent_sha256)
                    SELECT 1, '\(count)/' || n, 'n', 'png', 'image', \(place), \(place), \(place), \(TestDatabase.noBytes), \(TestDatabase.noBytes)
                    FROM generate_series(1, \(count)) AS n
                    """)
            }
        }
        try insert(3_000, at: "n")
        _ = try store.collectGarbage(GarbageRules(recycleDays: 30))
        #expect(try fixture.database.all("SELECT count FROM shelf WHERE ordering = 'size' ORDER BY low_key") { $0.integer(0) } == [1_000, 2_000])
        try insert(1_100, at: "500")
        _ = try store.database.write(.rows) {
            try store.database.run("DELETE FROM file WHERE id IN (SELECT id FROM file WHERE size <= 1000 ORDER BY id DESC LIMIT 1150)")
        }
        try store.database.write {
            try store.slots.addUp(.shelf, where: "count > 0")
            try store.shelves.divide()
        }
        #expect(try fixture.wrongShelves() == 0)
    }

    /// A collection ends also where uploads make slots all the time.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func slotsThatComeMeanwhileWaitForTheNextCollection() throws {
        try keep("first", by: store)
        let database = fixture.database
        var additions = 0
        let busy = ObservedDatabase(database) { text, _ in
            guard text.hasPrefix("WITH gone AS (DELETE FROM counter_slot"), additions < 99 else { return }
            additions += 1
            _ = try? database.run("INSERT INTO counter_slot (name, slot, value) VALUES ('uploads', 15, 1) ON CONFLICT DO NOTHING", with: [])
        }
        try MediaStore(database: busy, uploads: store.uploads, recycleBin: store.recycleBin, locks: fixture.root, deleteLinks: store.deleteLinks,
                       whenRemoved: { _ in }).addUpSlots()
        #expect(additions == 1)
    }
}
