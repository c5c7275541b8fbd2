import Disk
import Glibc
import Media
@testable import MediaStore
import Testing
import TestSupport

/// The disk refuses in the middle of a deletion; the next call of anybody finishes it.
@Suite struct UnfinishedDeletionTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    /// A file that cannot go: a folder has taken its name, as no permission holds root back.
    private func stuck() throws -> StoredFile {
        let file = try fixture.keep().file
        try store.uploads.move(file.path.text, to: fixture.root, as: "aside-\(file.id)")
        _ = try store.uploads.folder(file.path.text, creates: true)
        return file
    }

    private func repair(_ file: StoredFile) throws {
        #expect(rmdir("\(fixture.temporary.path)/uploads/\(file.path.text)") == 0)
        try fixture.root.move("aside-\(file.id)", to: store.uploads.folder(file.path.folder), as: file.path.name)
    }

    private func state(of file: StoredFile) throws -> Int? {
        try fixture.database.first("SELECT state FROM file WHERE id = ?", file.id) { $0.integer(0) }
    }

    @Test(arguments: [true, false]) func theSameLinkFinishesIt(recycles: Bool) throws {
        let file = try stuck()
        let token = store.deleteToken(of: file)
        for _ in 0..<2 {
            let failure = #expect(throws: UnfinishedDeletion.self) { try store.delete(token: token, recycles: recycles) }
            #expect(failure?.path == file.path.text && failure?.description.contains("not finished") == true)
        }
        #expect(try state(of: file) == 1 && store.file(file.id) == nil)
        try repair(file)
        #expect(try store.delete(token: token, recycles: recycles)?.id == file.id)
        #expect(try state(of: file) == (recycles ? 2 : nil))
        #expect(try store.recycleBin.entries() == (recycles ? [file.path.flat] : []))
        #expect(!store.uploads.holds(file.path.text))
        #expect(try store.delete(token: token, recycles: recycles) == nil)
    }

    /// What was to be removed for good does not come to lie in the recycle bin, and the other way round.
    @Test(arguments: [true, false]) func theRowRemembersWhatWasAskedFor(recycles: Bool) throws {
        let file = try stuck()
        #expect(throws: UnfinishedDeletion.self) { try store.delete(file.id, recycles: recycles) }
        #expect(try store.finishDeletions().map(\.path) == [file.path.text])
        try repair(file)
        #expect(try store.finishDeletions().isEmpty)
        #expect(try state(of: file) == (recycles ? 2 : nil))
        #expect(try store.recycleBin.entries() == (recycles ? [file.path.flat] : []))
    }

    /// The file is gone and its thumbnails are not.
    @Test(arguments: [true, false]) func derivedFilesAreFinishedToo(recycles: Bool) throws {
        let file = try fixture.keep().file
        fixture.removed.fails = true
        #expect(throws: UnfinishedDeletion.self) { try store.delete(file.id, recycles: recycles) }
        #expect(try state(of: file) == 1 && !store.uploads.holds(file.path.text))
        fixture.removed.fails = false
        #expect(try store.delete(file.id, recycles: recycles)?.id == file.id)
        #expect(fixture.removed.paths == [file.path.text])
        #expect(try state(of: file) == (recycles ? 2 : nil))
        if recycles { #expect(try store.restore(file.path.flat)?.id == file.id) }
    }

    /// The row cannot be changed: then the file stays where the row says that it is.
    @Test func aRestorationThatFailsLeavesTheFileInTheBin() throws {
        let file = try fixture.keep().file
        _ = try store.delete(file.id)
        try fixture.databases.refusing("UPDATE ON file") { #expect(throws: (any Error).self) { try store.restore(file.path.flat) } }
        #expect(store.recycleBin.holds(file.path.flat) && !store.uploads.holds(file.path.text))
        #expect(try store.restore(file.path.flat)?.id == file.id && store.uploads.holds(file.path.text))
    }

    /// The machine stops before or after the file was moved: the row does not say that it is where it is not, and it can be restored again.
    @Test(arguments: [true, false], [nil, "another name.jpg"] as [String?])
    func anInterruptedRestorationIsTakenBack(isMoved: Bool, name: String?) throws {
        let file = try fixture.keep().file
        _ = try store.delete(file.id)
        let recycled = name ?? file.path.flat
        try store.recycleBin.rename(file.path.flat, to: recycled)
        try fixture.database.run("UPDATE file SET state = 1, recycled_name = ? WHERE id = ?", recycled, file.id)
        if isMoved { try store.recycleBin.move(recycled, to: store.uploads.folder(file.path.folder), as: file.path.name) }
        #expect(try store.finishDeletions().isEmpty)
        let names = try store.recycleBin.entries()
        #expect(try state(of: file) == 2 && names == [isMoved ? file.path.flat : recycled] && !store.uploads.holds(file.path.text))
        #expect(try store.restore(names[0])?.id == file.id)
        #expect(try state(of: file) == 0 && store.uploads.holds(file.path.text) && store.recycleBin.entries() == [])
    }

    /// The row refuses at the end only.
    @Test func aRestorationThatCannotEndIsTakenBack() throws {
        let file = try fixture.keep().file
        _ = try store.delete(file.id)
        try fixture.databases.refusing("UPDATE ON file WHEN new.state = 0") {
            #expect(throws: (any Error).self) { try store.restore(file.path.flat) }
        }
        #expect(try state(of: file) == 2 && store.recycleBin.entries() == [file.path.flat] && !store.uploads.holds(file.path.text))
    }

    /// The machine stops when the file is gone from the recycle bin and its row is not.
    @Test func anInterruptedRemovalFromTheRecycleBinIsFinished() throws {
        let file = try fixture.keep().file
        _ = try store.delete(file.id)
        try fixture.databases.refusing("DELETE ON file") { #expect(throws: (any Error).self) { try store.removeRecycled(file.path.flat) } }
        #expect(try state(of: file) == 1 && store.recycleBin.entries() == [])
        #expect(try store.finishDeletions().isEmpty && state(of: file) == nil)
    }

    /// A first call recycled half of it, the second one is to remove it for good: no name of it is left.
    @Test func removingForGoodTakesWhatWasHalfRecycled() throws {
        let file = try fixture.keep().file
        fixture.removed.fails = true
        #expect(throws: UnfinishedDeletion.self) { try store.delete(file.id) }
        fixture.removed.fails = false
        #expect(try store.recycleBin.entries() == [file.path.flat])
        #expect(try store.delete(file.id, recycles: false) != nil)
        #expect(try store.recycleBin.entries() == [])
    }

    @Test func oneThatCannotGoKeepsNoneOfTheOthers() throws {
        let files = try (0..<3).map { try fixture.keep("\($0)").file }
        let bad = try stuck()
        let last = try fixture.keep("last").file
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5")
        #expect(try store.finishDeletions().map(\.path) == [bad.path.text])
        for file in files + [last] { #expect(try state(of: file) == 2 && !store.uploads.holds(file.path.text)) }
        #expect(try state(of: bad) == 1)
    }

    /// A row that no program of ours wrote is told of, and stops nothing.
    @Test func unreadableRowsKeepNoneOfTheOthers() throws {
        let odd = try fixture.keep("odd").file
        let file = try fixture.keep().file
        try fixture.database.run("UPDATE file SET state = 1, deleted_at = 5")
        try fixture.database.run("UPDATE file SET path = '../x' WHERE id = ?", odd.id)
        #expect(try store.finishDeletions().map(\.path) == ["../x"])
        #expect(try state(of: file) == 2)
    }

    @Test func folders() throws {
        let bad = try fixture.keep("bad").file
        let good = try fixture.keep("good").file
        (fixture.removed.fails, fixture.removed.failing) = (true, bad.path.text)
        let folder = try #require(StoredPath(bad.path.folder))
        #expect(throws: UnfinishedDeletion.self) { try store.deleteFolder(folder) }
        #expect(try state(of: good) == 2 && state(of: bad) == 1)
        fixture.removed.fails = false
        #expect(try store.deleteFolder(folder))
        #expect(try store.recycleBin.entries().sorted() == [bad.path.flat, good.path.flat].sorted())
        #expect(try state(of: bad) == 2)
    }

    /// A name in the recycle bin that something else has, which is no file, does not pass for the file's own.
    @Test func namesTakenByFoldersArePassedOver() throws {
        let file = try fixture.keep().file
        _ = try store.recycleBin.folder(file.path.flat, creates: true)
        #expect(try store.delete(file.id) != nil)
        #expect(store.recycleBin.holds(FlatName.of(file.path, number: file.id)))
    }

    /// Of many at once one deletes.
    @Test func oneOfManyDeletes() async throws {
        let file = try fixture.keep().file
        let stores = try (0..<4).map { _ in try fixture.another() }
        let deleted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for store in stores.map(Unshared.init) { group.addTask { try store.value.delete(file.id) != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(deleted == 1)
        #expect(try store.recycleBin.entries() == [file.path.flat])
    }
}

/// Used by one task only.
private struct Unshared: @unchecked Sendable {
    let value: MediaStore
    init(_ value: MediaStore) { self.value = value }
}
