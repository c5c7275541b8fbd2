import Testing
import Time

@Suite struct SiteMonthTests {
    @Test(arguments: [("2025/07", true), ("2025/13", false), ("2025/7", false), ("2025", false), ("", false), ("2025/07/", false), ("9999/12", true)])
    func onlyMonthsOfTheCalendar(text: String, isMonth: Bool) { #expect((SiteMonth(text)?.text == text) == isMonth) }

    @Test func aMonthKnowsItsMoments() throws {
        var month = SiteMonth(of: .today)
        for _ in 0..<40 {
            let (first, last) = (SiteDay(of: month.seconds.lowerBound), SiteDay(of: month.seconds.upperBound - 1))
            #expect(first.day == 1 && SiteMonth(of: first) == month && SiteMonth(of: last) == month)
            #expect(month.previous.seconds.upperBound == month.seconds.lowerBound)
            month = month.previous
        }
        #expect(try #require(SiteMonth("9999/12")).seconds.upperBound == .max)
    }

    @Test func orderOfTime() throws {
        let (year, month) = (SiteMonth(year: 2025, month: 12), SiteMonth(year: 2026, month: 1))
        #expect(year < month && month.previous == year && !(month < month) && month.previous.previous < year)
    }
}
