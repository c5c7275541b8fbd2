import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

/// Lists in parts.
@Suite struct PartTests {
    let fixture: Fixture
    private var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private func fill(_ numbers: Range<Int>) throws { try fixture.fill(numbers) { "假日照片 \($0).png" } }

    private func expected(_ request: PartRequest) throws -> [Int] {
        let direction = request.descending ? "DESC" : "ASC"
        return try fixture.database.all(
            """
            SELECT \(StoredFile.columns) FROM file ORDER BY CASE WHEN id > 0 THEN \(request.order.column) END \(direction), id \(direction)
            """) { try StoredFile($0) }.filter(request.shows).map(\.id)
    }

    private func walk(_ request: PartRequest) throws -> [Int] {
        var (request, found) = (request, [Int]())
        while true {
            let part = try store.part(request)
            found += part.files.map(\.id)
            guard let next = part.next else { return found }
            request.position = next
        }
    }

    private static let requests = [PartOrder.time, .views, .size].flatMap { order in
        [true, false].flatMap { descending in
            [ListScope.listed, .owned(1), .unlisted(2)].flatMap { scope in
                [ListFilter.all, .kind(.video), .type(.png), .type(.gif)].map {
                    PartRequest(scope, order: order, descending: descending, filter: $0, size: 7)
                }
            }
        }
    }

    @Test func everyRowIsShownOnceInEveryOrder() throws {
        try fill(0..<200)
        for request in Self.requests { #expect(try walk(request) == expected(request), "\(request)") }
    }

    @Test func partsBeforeArePartsBehindBackwards() throws {
        try fill(0..<100)
        for request in Self.requests {
            let all = try expected(request)
            guard all.count > 20 else { continue }
            var back = request
            back.position = try store.part(PartRequest(request.scope, order: request.order, descending: request.descending, filter: request.filter,
                                                       size: 15)).next
            back.isBefore = true
            let part = try store.part(back)
            #expect(part.files.map(\.id) == Array(all[7..<14]) && part.previous != nil, "\(request)")
            #expect(part.next == part.files.last.map { ListPosition($0, in: request.order) } || part.next == part.files.first.map { _ in back.position! })
        }
    }

    /// The walk through a list while others upload and delete.
    @Test func filesThatComeAndGoShiftNothing() throws {
        try fill(0..<300)
        var request = PartRequest(size: 20)
        var (seen, number) = ([Int](), 300)
        let before = try expected(request)
        var gone: Set<Int> = []
        while let next = try { () -> ListPosition? in
            let part = try store.part(request)
            seen += part.files.map(\.id)
            return part.next
        }() {
            request.position = next
            try fill(number..<number + 10)
            number += 10
            let victim = before[(number * 31) % before.count]
            if !seen.contains(victim) { gone.insert(victim) }
            try fixture.database.run("UPDATE file SET state = 2 WHERE id = ?", victim)
        }
        #expect(Set(seen).count == seen.count, "no row twice")
        #expect(before.filter { !gone.contains($0) }.allSatisfy(seen.contains), "none left out")
    }

    @Test func theBeginningIsFoundAgainWhenOthersHaveCome() throws {
        try fill(0..<100)
        let firsts = try Self.requests.map { ($0, try store.part($0)) }
        try fill(100..<200)
        for (request, first) in firsts {
            guard first.next != nil, !first.isCut, let end = first.end else { continue }
            var again = request
            (again.position, again.isBefore) = (end, true)
            let all = try expected(request)
            let place = try #require(all.firstIndex(of: first.files.last!.id), "\(request)")
            #expect(try store.part(again).files.map(\.id) == Array(all[...place].suffix(request.size)), "\(request)")
        }
    }

    @Test func visitorsSeeNoFileOfBefore() throws {
        try fill(0..<100)
        let since = PartRequest(since: 1_700_000_030, size: 10)
        #expect(try walk(since) == expected(since))
        #expect(try store.part(PartRequest(position: .before(1_700_000_010))).files.allSatisfy { $0.createdAt < 1_700_000_010 })
    }

    /// What has no index of its own is not read to its end at once.
    @Test func aSearchForARareKindIsReadInPieces() throws {
        try store.deriveAnew(.names)
        try fill(0..<6_000)
        try fixture.database.run("UPDATE file SET type = 'gif' WHERE id IN (SELECT id FROM file WHERE is_public = 1 ORDER BY id LIMIT 3)")
        let request = PartRequest(filter: .type(.gif), size: 10, search: "照片")
        let first = try store.part(request)
        #expect(first.files.isEmpty && first.isCut && first.next != nil)
        #expect(try walk(request).count == 3)
    }

    @Test func aRareKindIsSortedByViews() throws {
        try fill(0..<6_000)
        try fixture.database.run("UPDATE file SET type = 'gif' WHERE id IN (SELECT id FROM file WHERE is_public = 1 ORDER BY views, id LIMIT 3)")
        let request = PartRequest(order: .views, filter: .type(.gif), size: 10)
        let part = try store.part(request)
        #expect(part.files.count == 3 && !part.isCut && part.next == nil)
        #expect(try walk(request) == expected(request))
    }

    /// Of a type that has too many rows to be sorted, but none among the first entries of the order's index.
    @Test func entriesOfAnIndexAreReadInPieces() throws {
        try fixture.databases.runWithoutTriggers(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 21500)
            INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, views, created_at)
            SELECT 1, '2024/04/f' || n || '.png', 'n', CASE WHEN n > 1200 THEN 'png' ELSE 'gif' END, 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), n / 2, n / 3 FROM number
            """)
        for request in [PartRequest(order: .views, filter: .type(.gif), size: 500), PartRequest(.owned(1), filter: .type(.gif), size: 500)] {
            let first = try store.part(request)
            #expect(first.files.isEmpty && first.isCut && first.next?.key == (request.order == .views ? 5_750 : 3_833), "\(request)")
            #expect(try walk(request) == expected(request), "\(request)")
        }
    }

    @Test func positionsAreReadBackAndNothingElse() throws {
        for position in [ListPosition(.time, key: 1_700_000_000, id: 5), ListPosition(.views, key: 0, id: .max), ListPosition(.size, key: .min, id: -1)] {
            #expect(position.text.utf8.count == 23 && ListPosition(position.text) == position)
        }
        let text = ListPosition(.time, key: 1, id: 2).text
        for bad in ["", "1", text + "A", String(text.dropLast()), "_" + text.dropFirst(), String(repeating: "=", count: 23), "%" + text.dropFirst()] {
            #expect(ListPosition(bad) == nil, "\(bad)")
        }
    }
}
