// How much an account may store is asked in the transaction that inserts a row, so that two uploads at once cannot both have the last place.

@testable import MediaStore
import Testing

@Suite struct QuotaTests {
    private let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func limit(bytes: Int?, files: Int?, of owner: Int = 1) throws {
        try fixture.database.run("UPDATE account SET byte_limit = ?, file_limit = ? WHERE id = ?", bytes, files, owner)
    }

    @Test func files() throws {
        try limit(bytes: nil, files: 2)
        let first = try fixture.keep("one", owner: 1).file
        _ = try fixture.keep("two", owner: 1)
        #expect(throws: QuotaExceeded.files(used: 2, limit: 2)) { try fixture.keep("three", owner: 1) }
        #expect(throws: QuotaExceeded.files(used: 2, limit: 2)) { try fixture.store.requireRoom(of: 1, for: 0) }
        // Others have room, and so have visitors.
        _ = try (fixture.keep("foreign", owner: 2), fixture.keep("nobody's", owner: nil))
        _ = try fixture.store.delete(first.id)
        _ = try fixture.keep("three", owner: 1)
    }

    /// What is in the recycle bin does not count, so it comes back as far as there is room; administrators need none.
    @Test func restoring() throws {
        let ids = try ["one", "two"].map { try fixture.keep($0, owner: 1).file.id }
        _ = try fixture.store.carryOut(.recycle, on: ids, of: 1)
        _ = try fixture.keep("three", owner: 1)
        try limit(bytes: nil, files: 2)
        let outcome = try fixture.store.carryOut(.restore, on: ids, of: 1)
        #expect(outcome.done == [ids[0]] && outcome.failed.map(\.failure) == [.overQuota] && outcome.errors.isEmpty)
        #expect(try fixture.store.carryOut(.restore, on: ids, of: nil).done == [ids[1]])
    }

    @Test func bytes() throws {
        let size = try fixture.keep("one", owner: 1).file.size
        try limit(bytes: 2 * size + 1, files: nil)
        _ = try fixture.keep("two", owner: 1)
        #expect(throws: QuotaExceeded.bytes(used: 2 * size, more: size + 2, limit: 2 * size + 1)) { try fixture.keep("three", owner: 1) }
        try fixture.store.requireRoom(of: 1, for: 1)
        #expect(throws: QuotaExceeded.bytes(used: 2 * size, more: 2, limit: 2 * size + 1)) { try fixture.store.requireRoom(of: 1, for: 2) }
        // Less than there is.
        try limit(bytes: 0, files: nil)
        #expect(throws: QuotaExceeded.self) { try fixture.store.requireRoom(of: 1, for: 0) }
        try fixture.store.requireRoom(of: nil, for: 1 << 40)
    }

    @Test func nothingStaysOfARefusedFile() throws {
        try limit(bytes: nil, files: 0)
        #expect(throws: QuotaExceeded.files(used: 0, limit: 0)) { try fixture.keep("one", owner: 1) }
        #expect(try fixture.store.numbers(of: 1) == .none)
        #expect(try fixture.database.first("SELECT COUNT(*) FROM file") { $0.integer(0) } == 0)
    }
}
