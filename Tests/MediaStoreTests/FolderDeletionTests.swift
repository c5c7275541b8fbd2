import Disk
import Media
@testable import MediaStore
import Testing
import TestSupport

@Suite struct FolderDeletionTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func place(_ path: String, _ content: String = "x") throws {
        let parts = path.split(separator: "/")
        let folder = parts.count > 1 ? try fixture.store.uploads.folder(parts.dropLast().joined(separator: "/"), creates: true)
            : fixture.store.uploads
        let draft = try Draft(in: fixture.store.uploads)
        try Array(content.utf8).withUnsafeBytes { try draft.write($0) }
        try draft.publish(as: String(parts[parts.count - 1]), in: folder)
    }

    private func path(_ text: String) throws -> StoredPath { try #require(StoredPath(text)) }

    private func adopt(_ text: String) throws {
        let file = AdoptedFile(path: try path(text), facts: MediaFacts(type: .jpeg), originalName: ClientName("a.jpg"), size: 1,
                               createdAt: 1, owner: nil, sender: nil)
        #expect(try fixture.store.adopt([file]).files == 1)
    }

    @Test func filesWithRowsAndWithout() throws {
        for name in ["d/a.jpg", "d/e/b.jpg", "d/stray.txt", "d0.jpg", "d-/c.jpg"] { try place(name) }
        for name in ["d/a.jpg", "d/e/b.jpg", "d0.jpg", "d-/c.jpg"] { try adopt(name) }
        #expect(try fixture.store.deleteFolder(path("d")))
        #expect(try fixture.store.recycleBin.entries().sorted() == ["d_a.jpg", "d_e_b.jpg", "d_stray.txt"])
        #expect(try fixture.store.uploads.entries().filter { $0 != Draft.incoming }.sorted() == ["d-", "d0.jpg"])
        #expect(try fixture.store.file(at: path("d/a.jpg")) == nil && fixture.store.file(at: path("d0.jpg")) != nil)
        #expect(Set(fixture.removed.paths) == ["d/a.jpg", "d/e/b.jpg", "d/stray.txt"])
        #expect(try fixture.store.restore("d_e_b.jpg")?.path.text == "d/e/b.jpg")
        #expect(try !fixture.store.deleteFolder(path("none")) && fixture.store.uploads.holds("d/e/b.jpg"))
    }

    @Test func countsStayRight() throws {
        for number in 0..<5 {
            try place("d/\(number).jpg")
            try adopt("d/\(number).jpg")
        }
        _ = try fixture.store.deleteFolder(path("d"))
        let listed = try fixture.database.first("SELECT value FROM \(fixture.database.summed("counter")) WHERE name = 'listed_image'") { $0.integer(0) }
        #expect(listed == 0)
    }

    /// The responders of uploads hold this month's folder open.
    @Test func uploadsGoOnAfterwards() throws {
        let first = try fixture.keep().file
        #expect(try fixture.store.deleteFolder(path(first.path.folder)))
        let second = try fixture.keep().file
        #expect(second.path.folder == first.path.folder && fixture.store.uploads.holds(second.path.text))
    }

    @Test func theRecycleBin() throws {
        let files = try (0..<3).map { try fixture.keep("\($0)").file }
        for file in files { _ = try fixture.store.delete(file.id) }
        #expect(try fixture.store.removeRecycled(files[0].path.flat) && !fixture.store.removeRecycled(files[0].path.flat))
        #expect(try !fixture.store.removeRecycled("../a.db") && !fixture.store.removeRecycled(""))
        try fixture.store.emptyRecycleBin()
        #expect(try fixture.store.recycleBin.entries() == [])
        #expect(try files.allSatisfy { try !fixture.store.knows($0.path) })
    }

    @Test func usedLinksRememberTheirFile() throws {
        let file = try fixture.keep().file
        let token = fixture.store.deleteToken(of: file)
        #expect(try fixture.store.formerPath(of: file.id) == nil)
        _ = try fixture.store.delete(token: token)
        #expect(try fixture.store.formerPath(of: file.id) == file.path)
        #expect(fixture.store.fileID(ofDeleteToken: fixture.store.hideToken(of: file)) == nil)
    }
}

@Suite struct FlatNameTests {
    let temporary = TemporaryFolder()

    @Test func recordedNames() throws {
        let vectors = Vectors.part("recycle_name_vectors").all
        #expect(vectors.count == 7)
        for vector in vectors {
            // The program took the folder's own path out wherever it stood; here it is taken off the front.
            let path = try #require(StoredPath(String(vector["path"].text.dropFirst(vector["storage_root"].text.count))))
            let isSame = path.text.contains("i/") ? path.text == "2025/i/07/04/a.jpg" : path.flat == vector["recycle_name"].text
            #expect(isSame, "\(path)")
        }
    }

    @Test func theWayBackGoesByTheFoldersThatAreThere() throws {
        let tree = try Folder(temporary.path)
        for folder in ["2025/07/04", "anna/2025/07/04", "2025/07-04", "u_v/2025/07/04"] { _ = try tree.folder(folder, creates: true) }
        let ways = [("2025_07_04_photo_1.jpg", "2025/07/04/photo_1.jpg"), ("anna_2025_07_04_a.jpg", "anna/2025/07/04/a.jpg"),
                    ("2025_07-04_a.jpg", "2025/07-04/a.jpg"), ("2025_07_a.jpg", "2025/07/a.jpg"), ("2025_07_04_12_a.jpg", "2025/07/04/12_a.jpg")]
        for (name, path) in ways { #expect(FlatName.path(name, in: tree)?.text == path) }
        for name in ["x.jpg", "", "_", "..__a.jpg", ".._2025_07_04_a.jpg", "2024_01_01_a.jpg", "anna_a.jpg", "2025/07/04/a.jpg",
                     "2025_07_05_a.jpg"] {
            #expect(FlatName.path(name, in: tree) == nil, "\(name)")
        }
    }
}
