import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import Time

@Suite struct UploadLogTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    /// Uploads a second apart but for each third one; every fifth is in the recycle bin, every second has a recorded sender.
    private func fill(_ count: Int) throws {
        try fixture.database.write {
            for number in 0..<count {
                try fixture.database.run(
                    """
                    INSERT INTO file (id, account_id, path, original_name, type, kind, size, sha256, sent_sha256, is_public, created_at, state)
                    VALUES (?, ?, ?, ?, 'png', 'image', 5, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?, ?)
                    """, number + 1, number % 3 == 0 ? nil : number % 3, "2024/04/f\(number).png", "假日照片 \(number).png", number % 7 == 0 ? 0 : 1,
                    1_700_000_000 + number - number % 3, number % 5 == 0 ? 2 : 0)
                guard number % 2 == 0 else { continue }
                _ = try store.senderRows.insert(Sender(address: "192.0.2.\(number % 4)", port: 1, userAgent: "curl", way: "web"), of: number + 1)
            }
        }
        try store.deriveAnew(.names)
        try store.derive(.names)
    }

    private func walk(_ search: UploadSearch, in seconds: Range<Int> = 0..<Int.max, size: Int = 4) throws -> [Int] {
        var (found, next): ([Int], RowPosition?) = ([], .beginning)
        while let position = next {
            let part = try store.uploadLog(UploadLogRequest(search, in: seconds, from: position, size: size))
            found += part.entries.map(\.file.id)
            next = part.next.flatMap { RowPosition($0.text) }
        }
        return found
    }

    @Test func eachUploadIsToldOnce() throws {
        #expect(try walk(.everything) == [] && store.uploadLogBeginning() == nil)
        try fill(43)
        let all = Array((1...43).reversed())
        #expect(try walk(.everything) == all && store.uploadLogBeginning() == 1_700_000_000)
        #expect(try walk(.account(1)) == all.filter { ($0 - 1) % 3 == 1 } && walk(.account(9)) == [])
        #expect(try walk(.address("192.0.2.2")) == all.filter { ($0 - 1) % 4 == 2 } && walk(.address("192.0.2")) == [])
        #expect(try walk(.name("照片 1")) == all.filter { "\($0 - 1)".hasPrefix("1") } && walk(.name("照")) == [] && walk(.name("f42.png")) == [43])
    }

    @Test func aMonthHoldsItsOwn() throws {
        try fill(43)
        let seconds = 1_700_000_009..<1_700_000_015, expected = Array((10...15).reversed())
        #expect(try walk(.everything, in: seconds) == expected && walk(.name("照片"), in: seconds) == expected)
        #expect(try walk(.account(2), in: seconds) == expected.filter { ($0 - 1) % 3 == 2 })
        #expect(try walk(.address("192.0.2.0"), in: seconds) == expected.filter { ($0 - 1) % 4 == 0 })
    }

    @Test func whatIsToldOfAnUpload() throws {
        try fill(6)
        try fixture.database.run("UPDATE file SET state = 1 WHERE id = 2")
        let told = try store.uploadLog(UploadLogRequest()).entries
        #expect(told.map(\.file.id) == [6, 5, 4, 3, 1] && told.map(\.isRecycled) == [true, false, false, false, true])
        #expect(told.map { $0.sender?.address } == [nil, "192.0.2.0", nil, "192.0.2.2", "192.0.2.0"])
    }

    /// A part never reads through a whole table; the next one goes on.
    @Test func aPartIsCut() throws {
        try fill(2_500)
        let part = try store.uploadLog(UploadLogRequest(.name("照片"), in: 0..<1_700_000_003))
        #expect(part.entries.isEmpty && part.isCut && part.next != nil)
        #expect(try walk(.name("照片"), in: 0..<1_700_000_003) == [3, 2, 1])
    }

    @Test func placesOfAddresses() {
        for text in ["", ".", "1", "1.", "1.x", "1.2.3", String(repeating: "1", count: 50) + ".1", "99999999999999999999.1"] { #expect(RowPosition(text) == nil) }
        for position in [RowPosition.beginning, RowPosition(key: .min, id: 0), RowPosition(key: 1_700_000_000, id: 7)] {
            #expect(RowPosition(position.text) == position)
        }
    }

    @Test(.enabled(if: TestDatabase.engine == .sqlite, "its plans")) func eachSearchHasItsIndex() throws {
        for (base, index) in [("", "file_by_time"), ("account_id = 1 AND", "file_of_owner")] {
            let plan = try fixture.database.all(
                "EXPLAIN QUERY PLAN SELECT path FROM file WHERE \(base) created_at >= 0 AND (created_at, id) < (9, 9) ORDER BY created_at DESC, id DESC LIMIT 5"
            ) { $0.text(3) }
            #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
        }
        let plan = try fixture.database.all(
            "EXPLAIN QUERY PLAN SELECT path FROM upload_record JOIN file ON file.id = file_id WHERE address = 'x' AND file_id < 9 ORDER BY file_id DESC LIMIT 5"
        ) { $0.text(3) }
        #expect(plan.count == 2 && plan[0].contains("upload_record_by_address"), "\(plan)")
    }
}
