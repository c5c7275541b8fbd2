import Testing
import Time

@Suite struct SiteTimeTests {
    @Test(arguments: [("1970-01-02 00:00:00"), "2024-02-29 23:59:59", "2025-07-04 09:05:00", "9999-12-31 12:00:00"])
    func momentsComeBack(text: String) throws {
        let numbers = text.split { "- :".contains($0) }.map { Int32($0)! }
        let time = try #require(SiteTime(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5]))
        #expect(time.text == text)
        #expect(SiteTime(time.seconds).text == text)
        #expect((time.year, time.month) == (Int(numbers[0]), Int(numbers[1])))
    }

    @Test func noneBefore1970() { #expect(SiteTime(year: 1969, month: 12, day: 30, hour: 0, minute: 0, second: 0) == nil) }

    @Test func fieldsAtADistanceFromGreenwich() {
        let fields = CalendarFields(1_751_626_800, offset: 8 * 3600)
        #expect((fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second) == (2025, 7, 4, 19, 0, 0))
        #expect((fields.weekday, fields.dayOfYear) == (5, 184))
    }

    @Test func theClocksAgree() {
        let (seconds, microseconds) = (Now.seconds, Now.microseconds)
        #expect((0...2_000_000).contains(microseconds - seconds * 1_000_000))
        let start = Now.monotonicMicroseconds
        pause(microseconds: 2_000)
        #expect(Now.monotonicMicroseconds - start >= 1_000)
    }
}
