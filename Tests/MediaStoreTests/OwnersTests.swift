import Database
@testable import MediaStore
import SiteTestSupport
import Testing

@Suite struct OwnersTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func numbers(_ owner: Int) throws -> [Int] {
        let numbers = try fixture.store.numbers(of: owner)
        return [numbers.files, numbers.bytes, numbers.views]
    }

    @Test func numbersFollowTheFiles() throws {
        #expect(try numbers(1) == [0, 0, 0])
        let (one, three) = (try fixture.keep("one", owner: 1).file, try fixture.keep("three", owner: 1).file)
        _ = try fixture.keep("foreign", owner: 2)
        #expect(try numbers(1) == [2, one.size + three.size, 0] && numbers(2)[0] == 1)
        try fixture.database.run("UPDATE file SET views = 7 WHERE id = ?", one.id)
        #expect(try numbers(1) == [2, one.size + three.size, 7])
        _ = try fixture.store.delete(one.id)
        #expect(try numbers(1) == [1, three.size, 0])
        try fixture.database.run("UPDATE file SET state = 0 WHERE id = ?", one.id)
        #expect(try numbers(1) == [2, one.size + three.size, 7])
        try fixture.database.run("UPDATE file SET account_id = 2 WHERE id = ?", one.id)
        #expect(try numbers(1) == [1, three.size, 0] && numbers(2)[2] == 7)
        try fixture.database.run("DELETE FROM file WHERE id = ?", three.id)
        #expect(try numbers(1) == [0, 0, 0])
    }

    @Test func allFilesOfAnAccountGo() throws {
        let own = try (0..<7).map { try fixture.keep("own \($0)", owner: 1).file }
        let foreign = try fixture.keep("foreign", owner: 2).file
        #expect(try fixture.store.discardFiles(of: 1) { true } == 0 && fixture.store.discardFiles(of: 1, batch: 3) == 7)
        #expect(try fixture.store.leavingCount(of: 1) == 7)
        #expect(try numbers(1) == [0, 0, 0] && numbers(2)[0] == 1)
        #expect(try fixture.store.finishDeletions { true }.isEmpty && fixture.store.uploads.holds(own[0].path.text))
        #expect(try fixture.store.finishDeletions().isEmpty && fixture.store.leavingCount(of: 1) == 0)
        #expect(own.allSatisfy { !fixture.store.uploads.holds($0.path.text) } && fixture.store.uploads.holds(foreign.path.text))
        #expect(try fixture.store.discardFiles(of: 1) == 0)
    }

    @Test func filesGoWithTheirAccount() throws {
        let own = try (0..<3).map { try fixture.keep("own \($0)", owner: 1).file }
        #expect(try fixture.store.discardFilesInTime(of: 1) == 3 && fixture.store.discardFilesInTime(of: 2) == 0)
        let late = try fixture.keep("late", owner: 1).file
        let files = fixture.store.moveDiscardedFiles(of: 1, marked: 3)
        #expect(files.count == 4 && files.left == 0 && files.failure == nil)
        #expect((own + [late]).allSatisfy { !fixture.store.uploads.holds($0.path.text) })
    }

    @Test func uploadsOfAKey() throws {
        let none = try fixture.store.uploads(withKey: 5)
        #expect(none.count == 0 && none.last == nil)
        let files = try ["a", "b", "c"].map { try fixture.keep($0, owner: 1).file }
        for (index, file) in files.dropLast().enumerated() {
            try fixture.database.run("UPDATE file SET key_id = 5, created_at = ? WHERE id = ?", 1000 + index, file.id)
        }
        let two = try fixture.store.uploads(withKey: 5)
        #expect(two.count == 2 && two.last == 1001)
    }

    @Test func theNewestOfAnAccount() throws {
        let files = try ["a", "b", "c"].map { try fixture.keep($0, owner: 1).file }
        _ = try fixture.keep("foreign", owner: 2)
        for (index, file) in files.enumerated() { try fixture.database.run("UPDATE file SET created_at = ? WHERE id = ?", 1000 - index, file.id) }
        try fixture.database.run("UPDATE file SET is_public = 0 WHERE id = ?", files[1].id)
        _ = try fixture.store.delete(files[2].id)
        #expect(try fixture.store.newest(of: 1, atMost: 8).map(\.id) == [files[0].id, files[1].id])
        #expect(try fixture.store.newest(of: 1, atMost: 1).map(\.id) == [files[0].id])
        guard fixture.database.engine == .sqlite else { return }
        let plan = try fixture.database.all("EXPLAIN QUERY PLAN SELECT id FROM file WHERE account_id = 1 AND state = 0 ORDER BY created_at DESC, id DESC LIMIT 8") {
            $0.text(3)
        }
        #expect(plan.count == 1 && plan[0].contains("file_of_owner"), "\(plan)")
    }

    /// What was adopted was not uploaded here, and what was deleted has no link any more.
    @Test func uploadedFilesInOrder() throws {
        let files = [try fixture.keep("a", owner: 1).file, try fixture.keep("b", owner: nil).file, try fixture.keep("c", owner: 2).file]
        try fixture.database.run("UPDATE file SET sha256 = \(TestDatabase.noBytes) WHERE id = ?", try fixture.keep("adopted").file.id)
        _ = try fixture.store.delete(try fixture.keep("deleted").file.id)
        let found = try fixture.store.uploadedFiles(after: 0, atMost: 9)
        #expect(found.map(\.file.id) == files.map(\.id) && found.map(\.owner) == [1, nil, 2])
        #expect(try fixture.store.uploadedFiles(after: files[0].id, atMost: 1).map(\.file.id) == [files[1].id])
    }
}
