// Buckets that processes share.

import Disk
@testable import Site
import TestSupport
import Testing

@Suite struct RateTableTests {
    private let folder = TemporaryFolder()

    private func table() throws -> RateTable { try RateTable(in: Folder(folder.path)) }

    private static let limit = RateLimit(count: 3, window: 60_000)
    /// Different subjects with the same eight places.
    private static func neighbour(_ number: UInt64) -> UInt64 { 7 << 48 | number }

    private func take(_ table: RateTable, _ subject: UInt64, times: Int, at now: Int = 1000) -> [Int] {
        (0..<times).map { _ in table.take(subject, Self.limit, at: now) }
    }

    @Test func oneBucketForAllProcesses() throws {
        let (one, other) = try (table(), table())
        #expect(take(one, 5, times: 2) == [0, 0] && take(other, 5, times: 2) == [0, 20_000])
        #expect(take(other, 6, times: 1) == [0])
    }

    @Test func itOutlivesThem() throws {
        #expect(try take(table(), 5, times: 3) == [0, 0, 0])
        #expect(try take(table(), 5, times: 1) == [20_000])
        #expect(try take(table(), 5, times: 1, at: 21_000) == [0])
    }

    @Test func aTrialTakesNothing() throws {
        let table = try table()
        for _ in 0..<9 { #expect(table.take(5, Self.limit, at: 1000, isTrial: true) == 0) }
        #expect(take(table, 5, times: 4) == [0, 0, 0, 20_000])
        #expect(table.take(5, Self.limit, at: 1000, isTrial: true) == 20_000)
    }

    /// A hash of zeros is a subject like others.
    @Test func everyHashIsASubject() throws {
        let table = try table()
        for subject in [0, UInt64.max] { #expect(take(table, subject, times: 4) == [0, 0, 0, 20_000]) }
    }

    @Test func aSetHoldsEight() throws {
        let table = try table()
        for number in 1...8 { #expect(take(table, Self.neighbour(UInt64(number)), times: 3) == [0, 0, 0]) }
        for number in 1...8 { #expect(take(table, Self.neighbour(UInt64(number)), times: 1) == [20_000]) }
    }

    /// A million new addresses do not free the one that has reached its limit; it costs those who took least.
    @Test func floodsDriveOutWhoTookLeast() throws {
        let table = try table()
        #expect(take(table, Self.neighbour(1), times: 3) == [0, 0, 0])
        for number in 2..<20_000 { #expect(take(table, Self.neighbour(UInt64(number)), times: 1) == [0]) }
        #expect(take(table, Self.neighbour(1), times: 1) == [20_000])
    }

    /// A restart of the machine begins the clock anew: what was counted before keeps no place, and refuses nobody.
    @Test func aClockThatBeginsAnew() throws {
        let table = try table()
        for number in 1...8 { _ = take(table, Self.neighbour(UInt64(number)), times: 3, at: 900_000_000) }
        #expect(take(table, Self.neighbour(1), times: 4) == [0, 0, 0, 20_000])
        for number in 11...17 { #expect(take(table, Self.neighbour(UInt64(number)), times: 3) == [0, 0, 0]) }
        #expect(take(table, Self.neighbour(1), times: 1) == [20_000])
    }

    /// Four mebibytes, however many come; bytes of a damaged disk are somebody's who is not known.
    @Test func theFileStaysAsItIs() throws {
        let bytes = 8 * 8 << 16
        _ = try table()
        #expect(folder.read(RateTable.fileName).count == bytes)
        folder.write([UInt8](repeating: 0xA5, count: bytes), as: RateTable.fileName)
        let damaged = try table()
        #expect(take(damaged, 5, times: 4) == [0, 0, 0, 20_000])
        #expect(folder.read(RateTable.fileName).count == bytes)
    }

    /// Nothing is counted twice or lost. (Threads here; a mapping is the same memory for both.)
    @Test func manyAtOnce() async throws {
        let path = folder.path
        let limit = RateLimit(count: 1000, window: 60_000)
        _ = try table()
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let own = try RateTable(in: Folder(path))
                    return (0..<400).filter { _ in own.take(9, limit, at: 1000) == 0 }.count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 1000)
    }
}
