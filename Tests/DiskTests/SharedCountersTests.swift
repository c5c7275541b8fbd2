import Disk
import Glibc
import TestSupport
import Testing

@Suite struct SharedCountersTests {
    let temporary = TemporaryFolder()

    private func counters(_ count: Int = 3) throws -> SharedCounters { try SharedCounters("counters", count: count, in: Folder(temporary.path)) }

    @Test func oneFileForAll() throws {
        let (one, other) = try (counters(), counters())
        #expect((0..<3).map { one[$0] } == [0, 0, 0])
        one.add(2, to: 0)
        other.add(3, to: 0)
        other.add(1, to: 2)
        one.add(0, to: 1)
        #expect((0..<3).map { one[$0] } == [5, 0, 1] && (0..<3).map { other[$0] } == [5, 0, 1])
    }

    @Test func whatWasCountedStays() throws {
        try counters().add(7, to: 1)
        #expect(try counters()[1] == 7)
        #expect(temporary.read("counters").count == 24)
    }

    @Test func aDamagedNumberIsNone() throws {
        temporary.write([UInt8](repeating: 0xFF, count: 8) + [5] + [UInt8](repeating: 0, count: 15), as: "counters")
        let damaged = try counters()
        #expect((0..<3).map { damaged[$0] } == [0, 5, 0])
    }

    /// Nothing is lost where processes count at once. (Threads here; a mapping is the same memory for both.)
    @Test func manyAtOnce() async throws {
        let path = temporary.path
        _ = try counters()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let own = try SharedCounters("counters", count: 3, in: Folder(path))
                    for _ in 0..<20_000 { own.add(1, to: 1) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try counters()[1] == 80_000)
    }

    @Test func whatIsNoFileIsRefused() throws {
        mkdir("\(temporary.path)/counters", 0o755)
        #expect(throws: DiskError.self) { try counters() }
    }

    @Test func aLinkIsNotFollowed() throws {
        temporary.write([1], as: "target")
        symlink("\(temporary.path)/target", "\(temporary.path)/counters")
        #expect(throws: DiskError.self) { try counters() }
        #expect(temporary.read("target") == [1])
    }

    @Test func onlyItsOwnerReadsIt() throws {
        _ = try counters()
        var status = stat()
        #expect(stat("\(temporary.path)/counters", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
}
