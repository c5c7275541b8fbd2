import Database
import Media
@testable import MediaStore
import Testing

/// Actions on several files.
@Suite struct BulkTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    private func ids(_ scope: ListScope) throws -> Set<Int> { Set(try store.part(PartRequest(scope)).files.map(\.id)) }

    @Test func anOwnersFilesThereAndBack() throws {
        let mine = try ["a", "b", "c"].map { try fixture.keep($0).file.id }
        let other = try fixture.keep("d", owner: 2).file.id
        let recycled = try store.carryOut(.recycle, on: mine + [other, 999, mine[0]], of: 1)
        #expect(recycled.done == mine && recycled.failed.map(\.id) == [other, 999] && recycled.failed.allSatisfy { $0.failure == .notThere })
        #expect(try ids(.owned(1)).isEmpty && ids(.recycled(1)) == Set(mine) && ids(.owned(2)) == [other])
        #expect(try store.carryOut(.restore, on: [mine[0], mine[1]], of: 2).done == [], "of another")
        #expect(try store.carryOut(.restore, on: [mine[0], mine[1], other], of: 1).done == [mine[0], mine[1]])
        #expect(try ids(.owned(1)) == [mine[0], mine[1]] && ids(.recycled(1)) == [mine[2]])
        #expect(try store.carryOut(.delete, on: [mine[0], mine[2]], of: 1).done == [mine[0], mine[2]])
        #expect(try ids(.owned(1)) == [mine[1]] && ids(.recycled(1)).isEmpty)
    }

    @Test func listedAndUnlisted() throws {
        let file = try fixture.keep().file.id
        #expect(try store.carryOut(.hide, on: [file], of: 2).failed.count == 1 && ids(.listed) == [file])
        #expect(try store.carryOut(.hide, on: [file], of: nil).done == [file] && ids(.listed).isEmpty && ids(.unlisted(1)) == [file])
        #expect(try store.carryOut(.publish, on: [file], of: 1).done == [file] && ids(.listed) == [file] && store.statistics().listed == 1)
    }

    @Test func oneThatFailsKeepsNoOther() throws {
        let files = try ["a", "b", "c"].map { try fixture.keep($0).file }
        fixture.removed.fails = true
        fixture.removed.failing = files[1].path.text
        let outcome = try store.carryOut(.recycle, on: files.map(\.id), of: 1)
        #expect(outcome.done == [files[0].id, files[2].id] && outcome.failed.map(\.failure) == [.unfinished] && outcome.errors.count == 1)
    }

    @Test func noMoreThanAThousandAtOnce() throws {
        #expect(try store.carryOut(.hide, on: Array(1...1_200), of: 1).failed.count == MediaStore.bulkLimit)
    }
}
