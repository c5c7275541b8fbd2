import Database
@testable import MediaStore
import Testing
import Time

/// What the doctor uploaded is gone as if it had never been.
@Suite struct ErasureTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func uploads() throws -> [Int] {
        [try fixture.store.statistics().uploads, try fixture.store.dayCounts(SiteDay.today.seconds).reduce(0) { $0 + $1.uploads }]
    }

    @Test func filesRowsAndCounts() throws {
        let other = try fixture.keep("other", owner: 2).file
        let before = try uploads()
        let files = try ["a", "b", "c"].map { try fixture.keep($0).file }
        #expect(try uploads() == before.map { $0 + 3 })
        _ = try fixture.store.delete(files[0].id)
        try fixture.store.erase(uploadsOf: 1)
        #expect(try uploads() == before && fixture.store.recycleBin.entries().isEmpty)
        #expect(try files.allSatisfy { try fixture.store.anyFile($0.id) == nil && !fixture.store.uploads.holds($0.path.text) })
        #expect(try fixture.store.file(other.id) != nil && fixture.store.uploads.holds(other.path.text))
        try fixture.store.erase(uploadsOf: 1)
        #expect(try uploads() == before)
    }
}
