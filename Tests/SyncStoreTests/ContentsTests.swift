import Database
import Disk
import Glibc
import SyncRules
@testable import SyncStore
import Testing

@Suite struct ContentsTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    /// Hexadecimal digits that do not compress below half.
    private func noise(_ count: Int) -> String {
        var dice = Dice(seed: 5)
        return "\"" + (0..<count / 16).map { _ in String(dice.next() | 1 << 63, radix: 16) }.joined() + "\""
    }

    @Test(arguments: [1, 255, 256, 8_192, 100_000, 300_000, 2_000_000])
    func contentsOfEverySizeComeBack(_ size: Int) throws {
        let text = noise(size)
        try fixture.push(text, by: "one")
        #expect(try fixture.latest() == text)
        let coding = try fixture.database.first("SELECT coding FROM sync_content") { $0.integer(0) }
        #expect(coding == (size < 256 ? 0 : size < 250_000 ? 1 : 2))
    }

    @Test func largeOnesAreFilesAndKeptOnce() throws {
        let text = noise(1_000_000)
        let hash = try fixture.push(text, by: "one").hash
        try fixture.push("[1]", by: "one")
        try fixture.push(text, by: "one")
        #expect(fixture.store.folder.holds(Contents.path(of: hash)))
        #expect(try fixture.database.first("SELECT COUNT(*) FROM sync_content") { $0.integer(0) } == 2)
    }

    @Test func damageIsAnError() throws {
        let hash = try fixture.push(noise(1_000_000), by: "one").hash
        let path = "\(fixture.temporary.path)/json/\(Contents.path(of: hash))"
        #expect(truncate(path, 1_000) == 0)
        #expect(throws: (any Error).self) { try fixture.latest() }
        try fixture.database.run("UPDATE sync_content SET coding = 1, bytes = ?", [0x78, 0x9c, 0] as [UInt8])
        #expect(throws: (any Error).self) { try fixture.latest() }
    }

    @Test func collectionsTakeOnlyWhatNobodyNeeds() throws {
        let texts = (1...4).map { noise(400_000 + $0 * 32) }
        for text in texts { try fixture.push(text, by: "one") }
        let first = try fixture.document(texts[0]).hash
        #expect(try fixture.store.collectGarbage(strayAge: 0).contents == 0)
        #expect(try fixture.content(1) == texts[0])
        fixture.moment = Int(time(nil)) + 10
        let report = try fixture.store.collectGarbage(keep: 2, strayAge: 0)
        #expect((report.givenUp, report.contents, report.strays) == (2, 2, 2))
        #expect(!fixture.store.folder.holds(Contents.path(of: first)))
        // The index that the collection looked with is gone again, so that no push has to write it.
        #expect(try fixture.databases.indexes(of: "sync_version") == ["sync_version_by_pushed"])
        #expect(throws: SyncError.self) { try fixture.content(1) }
        #expect(try fixture.content(3) == texts[2])
        #expect(try fixture.store.history(FileKey("k")!, of: 1, page: Paging(size: 50)).versions.map(\.isGivenUp) == [false, false, true, true])
        #expect(try fixture.push(texts[0], by: "one").version == 5)
        #expect(try fixture.latest() == texts[0])
    }

    @Test func openConflictsKeepTheirVersions() throws {
        try fixture.push("[1]", by: "one")
        let conflict = try #require(try fixture.push("[2]", by: "two").conflict)
        for number in 3...6 { try fixture.push("[\(number)]", by: "two") }
        try fixture.store.collectGarbage(keep: 1)
        let resolved = try fixture.store.resolve(Resolution(conflict: conflict.id, action: .keepRemote, content: nil), by: fixture.caller())
        #expect(resolved.version > 2)
    }
}
