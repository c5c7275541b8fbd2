import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

@Suite struct ListingTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    /// Rows as an importer would write them: keys collide often, and shelves overflow.
    private func fill(_ count: Int) throws {
        var seed = UInt64(42)
        func random(_ bound: UInt64) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % bound)
        }
        try fixture.databases.inPieces(0..<count) { number in
            try fixture.database.run(
                """
                INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, is_public, views,
                                  created_at) VALUES (1, ?, ?, ?, ?, ?, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?, ?)
                """, "2024/04/f\(number).png", "name_\(number)%.png", number % 7 == 0 ? "mp4" : "png",
                number % 7 == 0 ? "video" : "image", random(50), random(10) > 0, random(3), 1_700_000_000 + random(4))
        }
        try ShelfRows(database: fixture.database).divide()
        try fixture.store.deriveAnew(.names)
        try fixture.store.derive(.names)
    }

    private func expected(_ order: ListOrder, descending: Bool) throws -> [Int] {
        let direction = descending ? "DESC" : "ASC"
        return try fixture.database.all(
            """
            SELECT id FROM file WHERE +state = 0 AND is_public = 1
            ORDER BY \(order.column) \(direction), id \(direction)
            """) { $0.integer(0) }
    }

    @Test func pagesAreTheWholeListInOrder() throws {
        try fill(9_000)
        #expect(try fixture.database.first("SELECT MAX(count) FROM shelf") { $0.integer(0) }! <= ShelfRows.capacity)
        for order in ListOrder.allCases {
            for descending in [true, false] {
                let all = try expected(order, descending: descending)
                for page in [1, 2, 17, 41, 80, 81, 82, 1000] {
                    let request = ListRequest(page: Paging(page, size: 100), order: order, descending: descending)
                    let found = try fixture.store.list(request)
                    #expect(found.files.map(\.id) == Array(all.dropFirst((page - 1) * 100).prefix(100)))
                    #expect(found.total == all.count)
                }
            }
        }
    }

    @Test func countsFollowEveryChange() throws {
        try fill(3_000)
        try fixture.databases.inPieces(0..<3_001) { try fixture.database.run("UPDATE file SET views = views + id % 5 WHERE id = ?", $0) }
        try fixture.database.run("UPDATE file SET is_public = 0 WHERE id % 11 = 0")
        try fixture.database.run("DELETE FROM file WHERE id % 13 = 0")
        try fixture.database.run("UPDATE file SET state = 1 WHERE id % 17 = 0")
        let listed = try expected(.views, descending: true)
        for order in ListOrder.allCases {
            let counted = try fixture.database.first("SELECT SUM(count) FROM \(fixture.database.summed("shelf")) WHERE ordering = ?", order.column) { $0.integer(0) }
            #expect(counted == listed.count)
        }
        #expect(try fixture.store.statistics().listed == listed.count)
        let page = try fixture.store.list(ListRequest(page: Paging(3, size: 100), order: .views))
        #expect(page.files.map(\.id) == Array(listed.dropFirst(200).prefix(100)))
    }

    @Test func filtersCountWhatTheyShow() throws {
        try fill(200)
        let videos = try fixture.store.list(ListRequest(page: Paging(size: 100), kind: .video))
        #expect(videos.total == videos.files.count && videos.files.allSatisfy { $0.type == .mp4 })
        #expect(try fixture.store.list(ListRequest(search: "NAME_7%")).files.map(\.originalName) == ["name_7%.png"])
        #expect(try fixture.store.list(ListRequest(search: "%")).total == (try fixture.store.list(ListRequest()).total))
        #expect(try fixture.store.list(ListRequest(search: "\\")).total == 0)
        #expect(try fixture.store.list(ListRequest(owner: 1)).total == 200)
        #expect(try fixture.store.list(ListRequest(owner: 2)).total == 0)
    }

    @Test func limitsAreClamped() {
        let (first, last) = (Paging(.min, size: 0), Paging(.max, size: .max))
        #expect((first.number, first.size, first.offset) == (1, 1, 0))
        #expect(last.size == 100 && last.offset > 0)
    }

    @Test func viewsAreAddedUp() throws {
        let file = try fixture.keep().file
        try fixture.store.addViews([file.path: 3, StoredPath("2020/01/gone.png")!: 5])
        #expect(try fixture.store.file(file.id)?.views == 3)
        #expect(try fixture.store.statistics().views == 3)
    }
}
