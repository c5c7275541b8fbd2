// The arithmetic of a limit, with a clock as a parameter.

@testable import Site
import Testing

@Suite struct RateLimitTests {
    private static let minute = 60_000

    /// Takes at these moments; what was answered: 0, or milliseconds to wait.
    private func answers(_ limit: RateLimit, at moments: [Int]) -> [Int] {
        var fullAt = 0
        return moments.map { now in
            switch limit.decide(fullAt, at: now) {
            case .taken(let next): fullAt = next; return 0
            case .refused(let wait): return wait
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 59, 60, 600, 1200, 6000, 10_000]) func soManyAtOnceAndThenEvenly(count: Int) {
        let limit = RateLimit(count: count, window: Self.minute)
        let burst = answers(limit, at: Array(repeating: 5, count: count + 1))
        #expect(burst.dropLast().allSatisfy { $0 == 0 })
        #expect(burst.last == Self.minute / count * (count + 1) - Self.minute)
        // All came back after the window.
        let later = Array(repeating: 5, count: count) + Array(repeating: 5 + Self.minute, count: count + 1)
        #expect(answers(limit, at: later).dropLast().allSatisfy { $0 == 0 } && answers(limit, at: later).last! > 0)
    }

    /// After the wait that is told, and not a millisecond before, the next one is taken.
    @Test(arguments: [1, 3, 7, 1000]) func theWaitIsRight(count: Int) {
        let limit = RateLimit(count: count, window: 3_600_000)
        let burst = Array(repeating: 1_000_000, count: count)
        let wait = answers(limit, at: burst + [1_000_000]).last!
        #expect(wait > 0)
        #expect(answers(limit, at: burst + [1_000_000, 1_000_000 + wait - 1, 1_000_000 + wait]).suffix(2) == [1, 0])
    }

    @Test func whoIsRefusedOwesNothing() {
        let limit = RateLimit(count: 2, window: Self.minute)
        #expect(answers(limit, at: [0, 0] + Array(repeating: 1, count: 1000) + [30_000]).last == 0)
    }

    /// A clock that was set back, as by a restart of the machine, refuses nobody; one that was set forward gives back early.
    @Test func aClockThatJumps() {
        let limit = RateLimit(count: 2, window: Self.minute)
        let late = 900_000_000
        #expect(answers(limit, at: [late, late, late, 0, 0, 0]) == [0, 0, 30_000, 0, 0, 30_000])
        #expect(answers(limit, at: [0, 0, 0, late, late, late]) == [0, 0, 30_000, 0, 0, 30_000])
        // Set back by less than what is missing, it takes that much longer.
        #expect(answers(limit, at: [50_000, 49_000, 50_000, 50_000]) == [0, 1000, 0, 30_000])
    }

    @Test(arguments: [Int.max, Int.min, -1, 0, 1]) func noNumberIsTooMuch(fullAt: Int) {
        let limit = RateLimit(count: 5, window: Self.minute)
        for now in [0, 1, 1 << 40] {
            guard case .taken(let next) = limit.decide(fullAt, at: now) else { Issue.record("refused"); continue }
            #expect(next == now + 12_000 || next == now + 12_000 + 1 && fullAt == 1)
        }
    }
}
