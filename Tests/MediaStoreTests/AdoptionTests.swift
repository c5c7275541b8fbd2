import Disk
import Media
@testable import MediaStore
import Testing

@Suite struct AdoptionTests {
    let fixture: Fixture
    static let sender = Sender(address: "192.0.2.1", port: nil, userAgent: "x", way: "web")

    init() throws { fixture = try Fixture() }

    private func file(_ path: String, recycledName: String? = nil, sender: Sender? = nil) throws -> AdoptedFile {
        AdoptedFile(path: try #require(StoredPath(path)), facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("a.png"),
                    size: 5, createdAt: 1000, owner: nil, sender: sender, recycledName: recycledName)
    }

    private func write(_ name: String, in folder: Folder) throws {
        let draft = try Draft(in: folder)
        try draft.publish(as: name, in: folder)
    }

    @Test func adoptedOnce() throws {
        let files = [try file("2025/07/01/a.png", sender: Self.sender), try file("2025/07/01/b.png")]
        #expect(try fixture.store.adopt(files).files == 2)
        #expect(try fixture.store.adopt(files).files == 0)
        guard case .known(true) = try fixture.store.status(of: files[0].path), case .known(false) = try fixture.store.status(of: files[1].path),
              case .unknown = try fixture.store.status(of: try #require(StoredPath("c.png"))) else {
            Issue.record("standings are wrong")
            return
        }
        #expect(try fixture.store.statistics().listed == 2)
        #expect(try fixture.store.sentFiles().isEmpty, "adopted files were not uploaded here")
    }

    /// An import's files are counted together, without the triggers, and then all tables are as if each had come alone.
    @Test func manyAreCountedAsOneByOne() throws {
        let one = try Fixture()
        for store in [fixture.store, one.store] {
            try store.uploads.folder("d", creates: true).sync()
            try store.adopt([file("d/gone.png", recycledName: "d_gone.png")])
        }
        let files = try (0..<4_500).map(anyFile)
        try fixture.store.adopt(files)
        for file in files { try one.store.adopt([file]) }
        try one.countWaiting()
        for store in [fixture.store, one.store] { try store.derive(.names) }
        let tables = try fixture.databases.tables()
        #expect(tables.contains("day_count") && tables.contains("type_total") && tables.contains("account_total"))
        for table in tables where table != "shelf" { #expect(try fixture.databases.rows(of: table) == one.databases.rows(of: table), "\(table)") }
        for text in ["name 17", "d/f1", "f4499", "gone"] {
            let request = PartRequest(.listed, search: text)
            #expect(try fixture.store.part(request).files.map(\.path) == one.store.part(request).files.map(\.path), "\(text)")
        }
        #expect(try fixture.wrongShelves() == 0 && one.wrongShelves() == 0)
    }

    private func anyFile(_ number: Int) throws -> AdoptedFile {
        let type = [MediaType.png, .jpeg, .mp4][number % 3]
        let name = "f\(number).\(type.fileExtension)"
        return AdoptedFile(path: try #require(StoredPath(number == 70 ? "d/gone.png" : "d/\(name)")), facts: MediaFacts(type: type),
                           originalName: ClientName("name \(number)"), size: number * 37 % 1_000, createdAt: number * 7_919 % 1_000_000,
                           owner: [nil, 1, 2][number % 7 % 3], sender: number % 5 == 0 ? nil : Self.sender,
                           recycledName: number % 11 == 1 ? "d_\(name)" : nil)
    }

    @Test func sendersAreRecordedOnce() throws {
        let adopted = try file("a.png")
        try fixture.store.adopt([adopted])
        let other = try #require(StoredPath("b.png"))
        #expect(try fixture.store.record([(adopted.path, Self.sender), (other, Self.sender)]) == 1)
        #expect(try fixture.store.record([(adopted.path, Self.sender)]) == 0)
        let known = try #require(try fixture.store.file(at: adopted.path))
        #expect(try fixture.store.sender(of: known) == Self.sender)
    }

    // C 35
    @Test func recycledFilesAreKnownStayAndComeBack() throws {
        try write("2025_07_01_photo_1.png", in: fixture.store.recycleBin)
        #expect(try fixture.store.adopt([file("2025/07/01/photo_1.png", recycledName: "2025_07_01_photo_1.png")]).files == 1)
        #expect(try fixture.store.knowsRecycled("2025_07_01_photo_1.png"))
        #expect(try fixture.store.statistics().listed == 0)
        #expect(try fixture.store.collectGarbage(GarbageRules(recycleDays: 0, ownsTree: false)).removed == 0)
        #expect(try fixture.store.restore("2025_07_01_photo_1.png")?.path.text == "2025/07/01/photo_1.png")
        #expect(fixture.store.uploads.holds("2025/07/01/photo_1.png"))
        #expect(try fixture.store.statistics().listed == 1)
    }

    @Test func whatNoRowKnowsStaysInATreeThatIsNotOurs() throws {
        let month = try fixture.store.uploads.folder("2025/07", creates: true)
        try write("0123456789ab.png", in: month)
        try write("2025_07_0123456789ab.png", in: fixture.store.recycleBin)
        let report = try fixture.store.collectGarbage(GarbageRules(recycleDays: 0, strayAge: -10, ownsTree: false))
        #expect(report.strays == 0 && report.removed == 0)
        #expect(month.holds("0123456789ab.png") && fixture.store.recycleBin.holds("2025_07_0123456789ab.png"))
        try fixture.store.recycleBin.remove("2025_07_0123456789ab.png")
        #expect(try fixture.store.collectGarbage(GarbageRules(recycleDays: 1, strayAge: -10)).strays == 1)
    }

    private func keep(_ body: String) throws -> String {
        let draft = try Draft(in: fixture.store.uploads)
        let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("a.png"), sha256: [1], sentSHA256: [1])
        return try fixture.store.keep(draft, as: new, owner: nil, deduplicates: false,
                                      at: .named(folder: "2025", body: body, fileExtension: "png")).file.path.text
    }

    @Test func namesOfDeletedAndOfLostFilesAreNotGivenAgain() throws {
        #expect(try keep("photo") == "2025/photo.png")
        let place = try #require(StoredPath("2025/photo.png"))
        let first = try #require(try fixture.store.file(at: place))
        _ = try fixture.store.delete(first.id)
        #expect(try keep("photo") == "2025/photo_1.png")
        #expect(try fixture.store.restore("2025_photo.png")?.id == first.id)
        try fixture.store.uploads.remove("2025/photo_1.png")
        #expect(try keep("photo") == "2025/photo_2.png")
    }

    @Test func anUploadThatAnImportMetFirstIsTheUploads() throws {
        let met = try file("2025/photo.png")
        try fixture.store.adopt([met])
        let new = NewFile(facts: MediaFacts(type: .png), originalName: ClientName("b.png"), sha256: [1], sentSHA256: [1])
        let stored = try fixture.store.insert(NewRow(file: new, size: 5, path: met.path, owner: 1, key: nil, sender: Self.sender, isListed: true, claim: nil))
        #expect(try fixture.store.file(at: met.path)?.id == stored.id)
        #expect(try fixture.store.statistics().listed == 1)
    }

    @Test func countsOnlyGrow() throws {
        try fixture.store.count([("192.0.2.1", 5), ("192.0.2.2", 1)], on: "2025-07-01")
        try fixture.store.count([("192.0.2.1", 3), ("192.0.2.2", 2)], on: "2025-07-01")
        #expect(try fixture.store.uploadCounts().map(\.count) == [5, 2])
    }

    /// PHP stored, or somebody copied, a file where a deleted one had been.
    @Test func aFileAtADeletedOnesPlaceGetsARow() throws {
        try write("d_a.png", in: fixture.store.recycleBin)
        #expect(try fixture.store.adopt([file("d/a.png", recycledName: "d_a.png")]).files == 1)
        try write("a.png", in: fixture.store.uploads.folder("d", creates: true))
        guard case .unknown = try fixture.store.status(of: try #require(StoredPath("d/a.png"))) else {
            Issue.record("the deleted file stands in the way")
            return
        }
        #expect(try fixture.store.adopt([file("d/a.png")]).files == 1)
        #expect(try fixture.store.restore("d_a.png")?.path.text == "d/a_1.png")
        #expect(fixture.store.uploads.holds("d/a.png") && fixture.store.uploads.holds("d/a_1.png"))
    }

    /// EasyImages itself restored it, after a rollback.
    @Test func aDeletedFileThatIsBackHasItsRowAgain() throws {
        try write("a.png", in: fixture.store.uploads.folder("d", creates: true))
        try fixture.store.adopt([file("d/a.png")])
        let place = try #require(StoredPath("d/a.png"))
        let id = try #require(try fixture.store.file(at: place)).id
        _ = try fixture.store.delete(id)
        try fixture.store.recycleBin.move("d_a.png", to: fixture.store.uploads.folder("d"), as: "a.png")
        #expect(try fixture.store.adopt([file("d/a.png")]).files == 0)
        #expect(try fixture.store.file(id)?.path.text == "d/a.png")
        #expect(try fixture.store.statistics().listed == 1)
    }

    /// A dry run counts what the adoption does: new files, known ones, one that is back, one in a deleted one's place.
    @Test func aRehearsalCountsTheSame() throws {
        for name in ["back.png", "replaced.png", "stays.png"] {
            try write(name, in: fixture.store.uploads)
            try fixture.store.adopt([file(name, sender: name == "stays.png" ? Self.sender : nil)])
            let path = try #require(StoredPath(name))
            _ = try fixture.store.delete(try #require(try fixture.store.file(at: path)).id)
        }
        for name in ["back.png", "stays.png"] { try fixture.store.recycleBin.move(name, to: fixture.store.uploads, as: name) }
        let files = try ["new.png", "back.png", "replaced.png", "stays.png"].map { try file($0, sender: Self.sender) }
            + [file("d/recycled.png", recycledName: "d_recycled.png", sender: Self.sender), file("plain.png")]
        let rehearsed = try fixture.store.rehearseAdoption(of: files)
        #expect(rehearsed == Adoption(files: 4, senders: 4))
        #expect(try fixture.store.adopt(files) == rehearsed)
        #expect(try fixture.store.adopt(files) == Adoption())
    }

    @Test func rowsOfFilesThatAreGoneAreThoseOfDeletedFiles() throws {
        for name in ["a.png", "b.png"] { try write(name, in: fixture.store.uploads) }
        try fixture.store.adopt(try ["a.png", "b.png"].map { try file($0) })
        let ids = try ["a.png", "b.png"].map { name in
            let path = try #require(StoredPath(name))
            return try #require(try fixture.store.file(at: path)).id
        }
        try fixture.store.uploads.remove("a.png")
        #expect(try fixture.store.deleteMissing(ids + [99]) == 1)
        #expect(try fixture.store.file(ids[0]) == nil && fixture.store.file(ids[1]) != nil)
        #expect(try fixture.store.statistics().listed == 1)
        #expect(try fixture.store.recycleBin.entries() == [] && fixture.store.deleteMissing(ids) == 0)
        // It is back.
        try write("a.png", in: fixture.store.uploads)
        #expect(try fixture.store.adopt([file("a.png")]) == Adoption())
        #expect(try fixture.store.file(ids[0])?.path.text == "a.png")
    }

    @Test func numberedPathsStayWithinTheirLength() throws {
        let long = try #require(StoredPath("d/" + String(repeating: "照", count: 83) + ".jpg"))
        #expect(long.numbered(12)?.name.utf8.count == 253 && long.numbered(12)?.name.hasSuffix("照_12.jpg") == true)
        #expect(StoredPath("a")?.numbered(1)?.text == "a_1")
    }
}
