import Disk
import Paths
import PictureWorker
@testable import Site
import SyncStore
import TestSupport
import Testing

@Suite struct SiteCountersTests {
    let folder = TemporaryFolder()

    private func counters() -> SiteCounters { SiteCounters(run: folder.path) }

    private func row(_ path: Path) throws -> RequestCounts { try #require(counters().requests.first { $0.path == path }) }

    @Test func nothingAtFirst() {
        #expect(counters().requests.isEmpty && counters().waited == 0)
        #expect(counters().pictures.allSatisfy { $0.count == 0 } && counters().pushes.allSatisfy { $0.count == 0 })
    }

    @Test func requestsByPathStatusAndTime() throws {
        let one = counters()
        for (status, time) in [(200, 0), (200, 5_000), (200, 5_001), (404, 30_000_000), (404, 30_000_001), (299, -4), (999, 7)] {
            one.count(requestTo: Path.list.text, status: status, microseconds: time)
        }
        one.count(requestTo: "/api/v1/list.php/", status: 200, microseconds: 1)
        one.count(requestTo: "/nothing", status: 200, microseconds: 1)
        let row = try row(.list)
        #expect(row.statuses.map(\.status) == [200, 404, nil] && row.statuses.map(\.count) == [3, 2, 2])
        #expect(row.durations == [4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1] && row.durations.count == RequestCounts.durationBounds.count + 1)
        #expect(row.microseconds == 5_000 + 5_001 + 30_000_000 + 30_000_001 + 7)
        #expect(counters().requests.count == 1)
    }

    /// Each number has a place of its own.
    @Test func nothingElseIsCounted() throws {
        let one = counters()
        for path in Path.allCases {
            for status in CounterLayout.statuses { one.count(requestTo: path.text, status: status, microseconds: 40_000_000) }
        }
        for outcome in PictureOutcome.allCases { one.count(.ended(outcome)) }
        for result in PushResult.allCases { one.count(result) }
        for limit in FairUseLimit.allCases { one.count(refusalBy: limit) }
        one.count(.waited(microseconds: 9))
        one.count(.waited(microseconds: 8))
        let rows = counters().requests
        #expect(rows.map(\.path) == Path.allCases)
        #expect(rows.allSatisfy { row in row.statuses.map(\.status) == CounterLayout.statuses && row.statuses.allSatisfy { $0.count == 1 } })
        #expect(rows.allSatisfy { $0.durations.last == CounterLayout.statuses.count && $0.durations.dropLast().allSatisfy { $0 == 0 } })
        #expect(counters().pictures.map(\.outcome) == PictureOutcome.allCases && counters().pictures.allSatisfy { $0.count == 1 })
        #expect(counters().pushes.map(\.result) == PushResult.allCases && counters().pushes.allSatisfy { $0.count == 1 })
        #expect(counters().refusals.map(\.limit) == FairUseLimit.allCases && counters().refusals.allSatisfy { $0.count == 1 })
        #expect(counters().waited == 17)
    }

    /// A site without its folder goes on; the numbers begin when it is there.
    @Test func withoutAFolder() {
        let early = SiteCounters(run: folder.path + "/run")
        early.count(.created)
        #expect(early.requests.isEmpty && early.pushes.allSatisfy { $0.count == 0 })
        #expect(throws: DiskError.self) { try early.removeFormer() }
        #expect((try? Folder(folder.path).folder("run", creates: true)) != nil)
        early.count(.created)
        #expect(SiteCounters(run: folder.path + "/run").pushes.first { $0.result == .created }?.count == 1)
    }

    @Test func filesOfOtherVersionsGo() throws {
        counters().count(.created)
        for name in ["counters-0123", "counters", "slots"] { folder.write([], as: name) }
        try counters().removeFormer()
        #expect(try Set(Folder(folder.path).entries()) == [CounterLayout.fileName, "counters", "slots"])
        #expect(counters().pushes.first { $0.result == .created }?.count == 1)
    }
}
