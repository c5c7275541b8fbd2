import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

/// What stands around a file.
@Suite struct NeighbourTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    /// Rows two of which have each time; every fifth is unlisted, every seventh a video.
    private func fill(_ count: Int) throws {
        try fixture.database.write {
            for number in 1...count {
                try fixture.database.run(
                    """
                    INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, is_public, created_at)
                    VALUES (?, 'a', ?, ?, 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?)
                    """, "2024/04/f\(number).png", number % 7 == 0 ? "mp4" : "png", number % 7 == 0 ? "video" : "image", number % 5 == 0 ? 0 : 1, 1_000 + number / 2)
            }
        }
    }

    @Test func newerAndOlder() throws {
        try fill(40)
        let listed = (1...40).filter { $0 % 5 != 0 }
        for id in 1...40 {
            let beside = try store.neighbours(of: #require(try store.file(id)), since: nil)
            #expect(beside.newer?.id == listed.first { $0 > id } && beside.older?.id == listed.last { $0 < id }, "\(id)")
        }
    }

    @Test func whatIsGoneOrTooOldIsNotShown() throws {
        try fill(10)
        let file = try #require(try store.file(6))
        try fixture.database.run("UPDATE file SET state = 2 WHERE id = 7")
        #expect(try store.neighbours(of: file, since: nil).newer?.id == 8)
        #expect(try store.neighbours(of: file, since: 1_003).older == nil && store.neighbours(of: file, since: 1_002).older?.id == 4)
    }

    @Test func theOnlyFile() throws {
        let file = try fixture.keep().file, beside = try store.neighbours(of: file, since: nil)
        #expect(try beside.newer == nil && beside.older == nil && store.someOfTheLast(8, without: file, since: nil).isEmpty)
    }

    @Test func someOfTheLast() throws {
        try fill(60)
        let file = try #require(try store.file(33))
        let pictures = Set((1...60).filter { $0 % 5 != 0 && $0 % 7 != 0 && $0 != 33 })
        #expect(Set(try store.someOfTheLast(100, without: file, since: nil).map(\.id)) == pictures)
        let some = try store.someOfTheLast(8, without: file, since: nil).map(\.id)
        #expect(some.count == 8 && Set(some).count == 8 && pictures.isSuperset(of: some))
        #expect(try store.someOfTheLast(100, without: file, since: 1_029).map(\.id).sorted() == [58, 59])
    }

    /// As after an older copy of the rows has come back.
    @Test func aGapInTheIDsHidesNoneOfThem() throws {
        try fill(30)
        try fixture.database.passOver(IDGap(10_000_000))
        let file = try fixture.keep().file
        #expect(file.id > 10_000_000)
        #expect(try store.someOfTheLast(8, without: file, since: nil).count == 8)
    }

    /// Only the last ones are looked at.
    @Test func oldOnesAreNot() throws {
        try fill(1_200)
        let file = try #require(try store.file(1_199))
        for _ in 0..<20 { #expect(try store.someOfTheLast(8, without: file, since: nil).allSatisfy { $0.id > 200 }) }
    }
}
