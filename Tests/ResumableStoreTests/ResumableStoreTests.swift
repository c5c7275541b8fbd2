import Crypto
import Database
import Disk
import Media
@testable import ResumableStore
import SiteTestSupport
import Testing
import TestSupport

@Suite struct ResumableStoreTests {
    let fixture: Fixture
    var store: ResumableStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private func offset(_ id: UploadID) throws -> Int { try store.upload(id, of: "anna").offset }

    @Test(arguments: ["", "x", "0123456789abcdef0123456789abcde", "0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdef0"])
    func whatIsNoID(text: String) { #expect(UploadID(text) == nil) }

    @Test func idsAreRandomOrTheirKeys() throws {
        #expect(store.id(for: nil, of: "anna").text != store.id(for: nil, of: "anna").text)
        let id = store.id(for: "key", of: "anna").text
        #expect(store.id(for: "key", of: "anna").text == id && UploadID(id)?.text == id)
        #expect(Set([id, store.id(for: "key", of: "berta").text, store.id(for: "other", of: "anna").text]).count == 3)
    }

    @Test func bytesComeInPieces() throws {
        let id = try fixture.begin()
        #expect(try fixture.append("one", to: id).offset == 3 && offset(id) == 3)
        #expect(try fixture.append(" two", to: id).isComplete == false)
        #expect(try fixture.append("six", to: id).isComplete)
        #expect(try fixture.text(of: id) == "one twosix")
    }

    @Test func aBrokenRequestKeepsWhatArrived() throws {
        let id = try fixture.begin()
        #expect(throws: Fixture.Broken.self) { try fixture.append("one two", to: id, breaksAfter: 4) }
        #expect(try offset(id) == 4 && fixture.text(of: id) == "one ")
    }

    @Test func withAChecksumNothingCountsBeforeTheEnd() throws {
        let (id, sum) = (try fixture.begin(), Checksum.sha256(SHA256.hash(Array("one two".utf8))))
        #expect(throws: Fixture.Broken.self) { try fixture.append("one two", to: id, sum, breaksAfter: 4) }
        #expect(throws: ResumableRefusal.otherSum) { try fixture.append("one tow", to: id, sum) }
        #expect(try offset(id) == 0)
        #expect(try fixture.append("one two", to: id, sum).offset == 7)
        #expect(try fixture.append("six", to: id, .sha1(SHA1.hash(Array("six".utf8)))).isComplete)
        #expect(try fixture.text(of: id) == "one twosix")
    }

    @Test func checksumsHaveALength() {
        #expect(Checksum("sha1", [1]) == nil && Checksum("md5", SHA1.hash([])) == nil && Checksum("sha256", SHA1.hash([])) == nil)
        #expect(Checksum("sha1", SHA1.hash([])) != nil && Checksum("sha256", SHA256.hash([])) != nil)
    }

    @Test func moreThanTheLengthIsRefused() throws {
        let id = try fixture.begin()
        #expect(throws: ResumableRefusal.tooLong) { try fixture.append("one two three", to: id) }
        #expect(try offset(id) == 0)
    }

    @Test func longRequestsAreSyncedInSteps() throws {
        let id = try fixture.begin(40 << 20)
        let text = String(repeating: "x", count: 20 << 20)
        var checked = 0
        #expect(throws: Fixture.Broken.self) {
            try fixture.append(text, to: id, breaksAfter: 18 << 20, piece: 65_536, check: { draft in
                checked += 1
                #expect(draft.size == ResumableStore.checkedWithin)
            })
        }
        #expect(try offset(id) == 18 << 20 && checked == 1)
        // The file's beginning is known to be right by now.
        try fixture.append("y", to: id, check: { _ in checked += 1 })
        #expect(checked == 1)
    }

    @Test func whatACheckRefusesEndsTheRequest() throws {
        let id = try fixture.begin(1 << 20)
        #expect(throws: Fixture.Broken.self) {
            try fixture.append(String(repeating: "x", count: 100_000), to: id, piece: 10_000, check: { _ in throw Fixture.Broken() })
        }
        var upload = try store.upload(id, of: "anna")
        try store.settle(&upload, refusal: ResumableUpload.Refusal(status: 400, answer: "{}"))
        #expect(try store.upload(id, of: "anna").refusal == ResumableUpload.Refusal(status: 400, answer: "{}") && fixture.files == [])
    }

    @Test func othersFindNothing() throws {
        let id = try fixture.begin()
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(id, of: "berta") }
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(.random(), of: "anna") }
    }

    @Test func oneRequestAtATime() throws {
        let id = try fixture.begin()
        var held: ByteLock? = try store.lock(id)
        #expect(throws: ResumableRefusal.inUse) { _ = try store.lock(id) }
        _ = try store.lock(.random())
        withExtendedLifetime(held) {}
        held = nil
        _ = try store.lock(id)
    }

    @Test func aRepeatedBeginningFindsTheUpload() throws {
        let id = try fixture.begin(key: "key")
        try fixture.append("one", to: id)
        #expect(try fixture.begin(key: "key").text == id.text && offset(id) == 3)
        #expect(throws: ResumableRefusal.otherUpload) { _ = try fixture.begin(11, key: "key") }
        #expect(throws: ResumableRefusal.otherUpload) { _ = try fixture.begin(key: "key", name: "b.png") }
    }

    @Test func aRefusedOrEndedOneBeginsAnew() throws {
        let id = try fixture.begin(key: "key")
        var upload = try fixture.append("one", to: id)
        try store.settle(&upload, refusal: ResumableUpload.Refusal(status: 400, answer: "{}"))
        _ = try fixture.begin(20, key: "key")
        #expect(try offset(id) == 0)
        fixture.time += ResumableStore.lifetime
        #expect(throws: ResumableRefusal.ended) { _ = try store.upload(id, of: "anna") }
        _ = try fixture.begin(30, key: "key")
        #expect(try store.upload(id, of: "anna").new.length == 30)
    }

    @Test func aSenderHasLimits() throws {
        for _ in 0..<ResumableStore.senderLimit { _ = try fixture.begin() }
        #expect(throws: ResumableRefusal.tooMany(limit: ResumableStore.senderLimit)) { _ = try fixture.begin() }
        _ = try fixture.begin(100, of: "berta", limit: 100)
        #expect(throws: ResumableRefusal.tooMuch(limit: 100)) { _ = try fixture.begin(1, of: "berta", limit: 100) }
        fixture.time += ResumableStore.lifetime
        _ = try fixture.begin(100, of: "berta", limit: 100)
    }

    @Test func whatNobodySendsMakesWay() throws {
        let begun = try (0..<ResumableStore.senderLimit).map { _ in
            fixture.time += 1
            return try fixture.begin()
        }
        try fixture.append("one", to: begun[0])
        fixture.time = 1_700_000_002 + ResumableStore.untouchedLifetime - 1
        #expect(throws: ResumableRefusal.tooMany(limit: ResumableStore.senderLimit)) { _ = try fixture.begin() }
        fixture.time += 2
        let held = try store.lock(begun[1])
        _ = try fixture.begin()
        withExtendedLifetime(held) {}
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(begun[2], of: "anna") }
        for index in [0, 1, 3] { #expect(throws: Never.self) { _ = try store.upload(begun[index], of: "anna") } }
    }

    @Test func whatNobodySendsMakesWayForBytes() throws {
        let left = try fixture.begin(60, limit: 100)
        fixture.time += ResumableStore.untouchedLifetime
        _ = try fixture.begin(50, limit: 100)
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(left, of: "anna") }
        #expect(throws: ResumableRefusal.tooMuch(limit: 100)) { _ = try fixture.begin(60, limit: 100) }
    }

    @Test func whatIsMissingIsCounted() throws {
        let id = try fixture.begin(10)
        _ = try fixture.begin(5, of: "berta")
        try fixture.append("one", to: id)
        #expect(try store.missingBytes() == 12)
        var upload = try store.upload(id, of: "anna")
        try store.settle(&upload, refusal: nil)
        #expect(try store.missingBytes() == 5 && store.upload(id, of: "anna").state == .stored && fixture.files == [])
    }

    @Test func bytesThatAreGoneEndIt() throws {
        let id = try fixture.begin()
        let upload = try fixture.append("one", to: id)
        try store.removeFile(of: upload)
        #expect(throws: ResumableRefusal.ended) { _ = try store.draft(of: upload) }
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(id, of: "anna") }
    }

    @Test func aPieceProlongsIt() throws {
        let id = try fixture.begin()
        fixture.time += ResumableStore.lifetime - 1
        try fixture.append("one", to: id)
        fixture.time += ResumableStore.lifetime - 1
        #expect(try offset(id) == 3)
    }

    @Test func removal() throws {
        let id = try fixture.begin()
        try store.remove(fixture.append("one", to: id))
        #expect(try fixture.files == [])
        #expect(throws: ResumableRefusal.unknown) { _ = try store.upload(id, of: "anna") }
    }

    @Test func aCollectionRemovesWhatHasEnded() throws {
        #expect(try store.collectGarbage() == 0)
        let (old, new) = (try fixture.begin(), try fixture.begin())
        try fixture.append("one", to: old)
        fixture.time += ResumableStore.lifetime - 10
        try fixture.append("one", to: new)
        fixture.time += 10
        let held = try store.lock(old)
        #expect(try store.collectGarbage() == 0, "a request is at work")
        withExtendedLifetime(held) {}
        #expect(try fixture.files.count == 2)
    }

    @Test func aCollectionRemovesTheRest() throws {
        let (old, new) = (try fixture.begin(), try fixture.begin())
        try fixture.append("one", to: old)
        fixture.time += ResumableStore.lifetime - 10
        try fixture.append("one", to: new)
        fixture.time += 10
        #expect(try store.collectGarbage() == 1 && fixture.files.count == 1 && offset(new) == 3)
        // The clock was set back: what ends later than anything can is not kept for ever.
        fixture.time -= 10 * ResumableStore.lifetime
        #expect(try store.collectGarbage() == 1 && fixture.files == [])
        try Draft(in: fixture.folder).publish(as: String(repeating: "ab", count: 32), in: #require(try store.folder()))
        fixture.time = 1 << 40
        #expect(try store.collectGarbage(strayAge: 1 << 41) == 0 && store.collectGarbage() == 1 && fixture.files == [])
    }
}
