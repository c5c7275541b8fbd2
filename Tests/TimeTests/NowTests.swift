import Testing
import Time

@Suite struct NowTests {
    /// `time(2)` reads a coarse clock, which is a tick (1 to 10 ms) behind: it still gives the last second when the next one has begun.
    @Test func aSecondBeginsOnBothClocksAtOnce() {
        for _ in 0..<2 {
            pause(microseconds: 999_000 - Now.microseconds % 1_000_000)
            let last = Now.microseconds / 1_000_000
            var moment = Now.microseconds
            while moment / 1_000_000 == last { moment = Now.microseconds }
            #expect(Now.seconds >= moment / 1_000_000)
        }
    }
}
