import Database
import Disk
import Media
@testable import MediaStore
import Testing
import Time

@Suite struct UploadKeyTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    private func claim(_ text: String = "a key of a client", of sender: String = "anna", _ content: String = "bytes", named name: String = "a.png",
                       in other: MediaStore? = nil) throws -> UploadClaim {
        try (other ?? store).claim(UploadKey(text, of: sender), named: ClientName(name), sentSHA256: Array(content.utf8))
    }

    private func keep(under claim: UploadClaim?, deduplicates: Bool = false, in other: MediaStore? = nil) throws -> KeptFile {
        let draft = try Draft(in: store.uploads)
        let bytes = Array("bytes".utf8)
        try bytes.withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("a.png"), sha256: bytes, sentSHA256: bytes)
        return try (other ?? store).keep(draft, as: new, owner: 1, key: 1, deduplicates: deduplicates, under: claim)
    }

    private var count: Int { get throws { try fixture.database.first("SELECT COUNT(*) FROM upload_key") { $0.integer(0) } ?? 0 } }

    @Test func aRepeatedUploadFindsItsFile() throws {
        let kept = try keep(under: claim())
        let earlier = try #require(try claim().earlier)
        #expect(earlier.file.id == kept.file.id && !earlier.isDuplicate && earlier.isSendersOwn)
        #expect(try claim(of: "berta").earlier == nil && claim("another key of hers").earlier == nil)
    }

    @Test func elsewhereItIsNotTheSendersOwn() throws {
        func key(_ origin: String?) -> UploadKey { UploadKey("a key of a client", of: "visitor", from: origin) }
        func claim(_ origin: String?) throws -> UploadClaim {
            try store.claim(key(origin), named: ClientName("a.png"), sentSHA256: Array("bytes".utf8))
        }
        let kept = try keep(under: claim("here"))
        for (origin, isOwn) in [("here", true), ("there", false), (nil, false)] {
            let earlier = try #require(try claim(origin).earlier)
            #expect(earlier.file.id == kept.file.id && earlier.isSendersOwn == isOwn)
            #expect(try store.stored(under: key(origin))?.isSendersOwn == isOwn)
        }
    }

    @Test func anotherFileOrNameIsRefused() throws {
        _ = try keep(under: claim())
        #expect(throws: UploadKeyRefusal.otherUpload) { _ = try claim("a key of a client", of: "anna", "other") }
        #expect(throws: UploadKeyRefusal.otherUpload) { _ = try claim(named: "b.png") }
    }

    /// Also from the same process: it serves one request at a time, but a test has two.
    @Test func oneRequestAtATime() throws {
        let (other, held) = (try fixture.another(), try claim())
        #expect(throws: UploadKeyRefusal.inUse) { _ = try claim(in: other) }
        #expect(throws: UploadKeyRefusal.inUse) { _ = try claim() }
        #expect(try claim(of: "berta", in: other).earlier == nil)
        withExtendedLifetime(held) {}
    }

    /// The locks of keys are those of a node.
    @Test func whatNodesStoreUnderAKeyIsStoredOnce() throws {
        let others = try (1...2).map { try fixture.another(locks: fixture.root.folder("of node \($0)", creates: true)) }
        let claims = try (claim(), claim(in: others[0]), claim("a key of a client", of: "anna", "other bytes", in: others[1]))
        let kept = try keep(under: claims.0)
        let again = try keep(under: claims.1, in: others[0])
        #expect(again.file.id == kept.file.id && !again.isDuplicate && again.isSendersOwn)
        #expect(throws: UploadKeyRefusal.otherUpload) { try keep(under: claims.2, in: others[1]) }
        #expect(try count == 1 && fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 1)
        #expect(try store.uploads.folder(kept.file.path.folder).entries() == [kept.file.path.name], "the files of the others are removed")
    }

    @Test func aClaimEndsWithItsRequest() throws {
        _ = try claim()
        #expect(try claim().earlier == nil)
        #expect(try count == 0, "what was refused leaves nothing")
    }

    @Test func aFileThatIsNotWrittenUsesNoKeyUp() throws {
        try fixture.databases.refusing("INSERT ON upload_key") { #expect(throws: DatabaseError.self) { try keep(under: claim()) } }
        #expect(try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 0)
        #expect(try keep(under: claim()).isDuplicate == false)
        #expect(try count == 1)
    }

    @Test func whatIsKnownAlreadyIsToldAsBefore() throws {
        _ = try keep(under: nil)
        #expect(try keep(under: claim(), deduplicates: true).isDuplicate)
        #expect(try claim().earlier?.isDuplicate == true)
    }

    @Test func aDeletedFileIsToldAsDeleted() throws {
        let first = try keep(under: claim()).file
        _ = try store.delete(first.id)
        #expect(throws: UploadKeyRefusal.fileDeleted) { _ = try claim() }
        // For good, and with it its row.
        _ = try store.collectGarbage(GarbageRules(recycleDays: 0))
        #expect(throws: UploadKeyRefusal.fileDeleted) { _ = try claim() }
        #expect(try keep(under: claim("another key of hers")).file.id != first.id)
    }

    @Test func keysEndAfterADay() throws {
        let first = try keep(under: claim()).file
        try fixture.database.run("UPDATE upload_key SET ends_at = ?", SiteTime.now.seconds)
        #expect(try claim().earlier == nil)
        let second = try keep(under: claim()).file
        #expect(try first.id != second.id && count == 1 && claim().earlier?.file.id == second.id)
    }

    @Test func aCollectionForgetsKeys() throws {
        let now = SiteTime.now.seconds
        for (text, end) in [("of yesterday 0000", now), ("still remembered", now + MediaStore.keyLifetime / 2), ("of a wrong clock", now + MediaStore.keyLifetime * 2)] {
            _ = try keep(under: claim(text))
            try fixture.database.run("UPDATE upload_key SET ends_at = ? WHERE key = ?", end, UploadKey(text, of: "").digest)
        }
        _ = try store.collectGarbage(GarbageRules(recycleDays: 1))
        #expect(try count == 1)
        #expect(try claim("still remembered").earlier != nil)
    }
}
