import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

/// Lists of everybody's files.
@Suite struct EverybodyTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
        try store.deriveAnew(.names)
    }

    /// Ties in time are common; every fifth is a visitor's, every seventh a video, every tenth unlisted, every ninth in the bin; two folders, one in the other.
    private func fill(_ numbers: Range<Int>) throws {
        try fixture.databases.inPieces(numbers) { number in
            let folder = ["2024/04", "2024/04/05", "anna", "2024_04"][number % 4], isRecycled = number % 9 == 0
            let id = try fixture.database.insert(
                """
                INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, is_public, created_at, state, recycled_name)
                VALUES (?, ?, ?, ?, ?, 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?, ?, ?)
                """, number % 5 == 0 ? nil : 1 + number % 2, "\(folder)/f\(number * 7919 % 1_000_003).png", "假日照片 \(number).png", number % 7 == 0 ? "mp4" : "png",
                number % 7 == 0 ? "video" : "image", number % 10 == 3 ? 0 : 1, 1_700_000_000 + number * 7 % 60, isRecycled ? 2 : 0, isRecycled ? "r\(number)" : nil)
            guard number % 3 > 0 else { return }
            try fixture.database.run("INSERT INTO upload_record VALUES (?, ?, NULL, '', ?)", id, "192.0.2.\(number % 4)", ["web", "7", "12"][number / 4 % 3])
        }
        try store.derive(.names)
    }

    private static let criteria: [FileCriteria] = [false, true].flatMap { isRecycled in
        [
            FileCriteria(isRecycled: isRecycled), FileCriteria(isRecycled: isRecycled, isUnlisted: true), FileCriteria(isRecycled: isRecycled, owner: .account(2)),
            FileCriteria(isRecycled: isRecycled, owner: .visitors), FileCriteria(isRecycled: isRecycled, way: .page), FileCriteria(isRecycled: isRecycled, way: .anyKey),
            FileCriteria(isRecycled: isRecycled, way: .key("7")), FileCriteria(isRecycled: isRecycled, address: "192.0.2.1"),
            FileCriteria(isRecycled: isRecycled, folder: StoredPath("2024/04")), FileCriteria(isRecycled: isRecycled, lastID: 100),
            FileCriteria(isRecycled: isRecycled, path: StoredPath("anna/f\(10 * 7919).png")),
            FileCriteria(isRecycled: isRecycled, isUnlisted: true, owner: .account(2), way: .page, address: "192.0.2.1", folder: StoredPath("2024/04")),
        ]
    }

    private static let requests = criteria.flatMap { criteria in
        [true, false].flatMap { descending in
            [ListFilter.all, .kind(.video), .type(.png)].flatMap { filter in
                [nil, "照片", "不在"].map { PartRequest(.everybody(criteria), descending: descending, filter: filter, size: 7, search: $0) }
            }
        }
    }

    private func expected(_ request: PartRequest) throws -> [Int] {
        guard request.search != "不在" else { return [] }
        let direction = request.descending ? "DESC" : "ASC"
        return try fixture.database.all(
            "SELECT \(StoredFile.columns) FROM file ORDER BY CASE WHEN id > 0 THEN \(request.order.column) END \(direction), id \(direction)") { try StoredFile($0) }
            .filter { try request.shows($0) && request.criteria!.covers(store.sender(of: $0)) }.map(\.id)
    }

    private func walk(_ request: PartRequest) throws -> [Int] {
        var (request, found) = (request, [Int]())
        while true {
            let part = try store.part(request)
            found += part.files.map(\.id)
            guard let next = part.next else { return found }
            guard let position: ListPosition = ListPosition(next.text), position == next else {
                Issue.record("\(next) is not what its text says")
                return found
            }
            request.position = position
        }
    }

    @Test func everyRowIsShownOnce() throws {
        try fill(1..<200)
        for request in Self.requests { #expect(try walk(request) == expected(request), "\(request)") }
        #expect(try !expected(PartRequest(.everybody(Self.criteria[11]))).isEmpty && store.part(PartRequest(.everybody(Self.criteria[10]))).files.count == 1)
    }

    @Test func partsBeforeArePartsBehindBackwards() throws {
        try fill(1..<300)
        for request in Self.requests {
            let all = try expected(request)
            guard all.count > 20 else { continue }
            var back = request
            back.size = 15
            (back.position, back.isBefore, back.size) = (try store.part(back).next, true, 7)
            #expect(try store.part(back).files.map(\.id) == Array(all[7..<14]), "\(request)")
            let first = try store.part(request)
            (back.position, back.isBefore) = (first.end, true)
            #expect(try store.part(back).files.map(\.id) == first.files.map(\.id), "\(request)")
        }
    }

    /// What no index finds is read in pieces, whose ends lead on.
    @Test func rareFilesAreReadInPieces() throws {
        try fill(1..<14_000)
        try fixture.database.run("UPDATE upload_record SET way = 'web'")
        try fixture.database.run("UPDATE upload_record SET way = '99' WHERE file_id IN (1, 7000, 13997)")
        for criteria in [FileCriteria(way: .key("99")), FileCriteria(way: .key("99"), folder: StoredPath("2024/04")), FileCriteria(isRecycled: true, way: .key("99"))] {
            var (request, parts) = (PartRequest(.everybody(criteria), size: 10), 1)
            var part = try store.part(request)
            while let next = part.next {
                #expect(part.isCut)
                (request.position, parts) = (next, parts + 1)
                part = try store.part(request)
            }
            #expect(parts <= 3 && (parts > 1 || criteria.isRecycled), "\(criteria)")
            #expect(try walk(PartRequest(.everybody(criteria), size: 10)) == expected(PartRequest(.everybody(criteria))), "\(criteria)")
        }
    }

    @Test func filesThatComeLaterAreLeftOut() throws {
        try fill(1..<100)
        let last = try store.rows.lastID()
        let before = try walk(PartRequest(.everybody(FileCriteria()), size: 10))
        try fill(100..<200)
        #expect(try walk(PartRequest(.everybody(FileCriteria(lastID: last)), size: 10)) == before)
    }
}
