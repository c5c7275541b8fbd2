import Testing
import Time

@Suite struct SiteDayTests {
    @Test(arguments: [
        ("2025/07/04", "2025/07/04"), ("2025/07/04/", "2025/07/04"), ("2024/02/29", "2024/02/29"), ("1999/12/31/", "1999/12/31"),
        ("2025/02/29", nil), ("2025/13/01", nil), ("2025/00/10", nil), ("2025/01/00", nil), ("2025/04/31", nil), ("0000/01/01", nil),
        ("2025/7/4", nil), ("2025/07/04//", nil), ("/2025/07/04", nil), ("2025-07-04", nil), ("2025/07/4/", nil), ("", nil),
        ("２０２５/07/04", nil), ("+025/07/04", nil), ("recycle/", nil), ("cache/", nil), ("[2]026/01/01/", nil), ("2025/07/0*", nil),
        ("2025/07/..", nil), ("anna/2025/07/04/", nil), ("2025/07/04\0", nil), ("9999/12/31", "9999/12/31"),
    ])
    func onlyDaysOfTheCalendar(text: String, expected: String?) {
        #expect(SiteDay(text)?.text == expected)
    }

    @Test(arguments: [("2025/07/04", -1, "2025/07/03"), ("2025/03/01", -1, "2025/02/28"), ("2024/12/31", 1, "2025/01/01"),
                      ("2025/07/04", -400, "2024/05/30"), ("2025/07/04", 0, "2025/07/04")])
    func daysBeforeAndAfter(text: String, days: Int, expected: String) throws {
        #expect(try #require(SiteDay(text)).moved(by: days).text == expected)
    }

    @Test func aDayKnowsItsMoments() throws {
        for back in 0..<800 {
            let day = SiteDay.today.moved(by: -back)
            #expect(SiteDay(of: day.seconds.lowerBound) == day && SiteDay(of: day.seconds.upperBound - 1) == day)
            #expect(SiteDay(of: day.seconds.upperBound) == day.moved(by: 1))
        }
    }

    @Test func daysHaveAnOrder() throws {
        #expect(SiteDay("2025/07/04")! < SiteDay("2025/07/05")! && SiteDay("2025/07/04")! < SiteDay("2025/08/01")!)
        #expect(SiteDay("2024/12/31")! < SiteDay("2025/01/01")!)
    }
}
