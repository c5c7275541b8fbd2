import Testing
import Time

@Suite struct ExpiryTests {
    /// 2023-11-14 22:13:20 in Greenwich.
    private static let now = 1_700_000_000

    @Test(arguments: [
        ("60", 60), ("3600", 3600), ("0000060", 60), ("315619200", 315_619_200), ("PT60S", 60), ("PT1M", 60), ("PT1H30M", 5_400), ("P1D", 86_400), ("P7D", 604_800),
        ("P2W", 1_209_600), ("P1DT12H", 129_600), ("P0DT60S", 60), ("P1W1D", 691_200),
    ])
    func durations(text: String, seconds: Int) { #expect(Expiry(text)?.moment(from: Self.now) == Self.now + seconds) }

    @Test(arguments: [
        ("2023-12-01T00:00:00Z", 1_701_388_800), ("2023-12-01t00:00:00z", 1_701_388_800), ("2023-12-01 00:00:00Z", 1_701_388_800),
        ("2023-12-01T00:00:00.999Z", 1_701_388_800), ("2023-12-01T08:00:00+08:00", 1_701_388_800), ("2023-11-30T18:30:00-05:30", 1_701_388_800),
        ("2023-12-01T00:00Z", 1_701_388_800), ("2024-02-29T12:00:00Z", 1_709_208_000), ("2033-11-13T00:00:00Z", 2_015_452_800),
    ])
    func momentsWithAnOffset(text: String, seconds: Int) { #expect(Expiry(text)?.moment(from: Self.now) == seconds) }

    /// As `SiteTime` prints them, and a date alone.
    @Test(arguments: [("2024-03-05", 0), ("2024-03-05 00:00:00", 0), ("2024-03-05T10:30", 37_800), ("2024-03-05 23:59:59", 86_399)])
    func momentsOfTheSite(text: String, seconds: Int) {
        #expect(Expiry(text)?.moment(from: Self.now) == SiteDay("2024/03/05").map { $0.seconds.lowerBound + seconds })
    }

    @Test(arguments: [("P1M", 1), ("P3M", 3), ("P1Y", 12), ("P10Y", 120)]) func monthsOfTheCalendar(text: String, months: Int) throws {
        let (before, after) = (CalendarFields(Self.now), CalendarFields(try #require(Expiry(text)?.moment(from: Self.now))))
        #expect(after.year * 12 + after.month == before.year * 12 + before.month + months)
        #expect((after.day, after.hour, after.minute, after.second) == (before.day, before.hour, before.minute, before.second))
    }

    @Test(arguments: ["0", "59", "PT59S", "P0D", "P11Y", "315619201", "9999999999", "P999999999Y", "P999999999M", "P999999999W", "2023-11-14T22:14:19Z", "2000-01-01",
                      "2033-11-16T00:00:00Z", "9999-12-31T23:59:59Z"])
    func tooSoonOrTooFar(text: String) throws { #expect(try #require(Expiry(text)).moment(from: Self.now) == nil) }

    @Test(arguments: [
        "", " ", "-60", "+60", "60 ", " 60", "6e1", "60.0", "1h", "P", "PT", "P1", "P1H", "PT1D", "P1DT", "PT1S1M", "P1D1D", "P1.5D", "P-1D", "p1d", "P 1D", "PT1H ",
        "2023-12", "2023-13-01", "2023-00-10", "2023-02-29", "2023-12-32", "2023-12-01T", "2023-12-01T24:00:00Z", "2023-12-01T10:60:00Z", "2023-12-01T10",
        "2023-12-01T10:00:00+8", "2023-12-01T10:00:00+24:00", "2023-12-01T10:00:00+0800", "2023/12/01", "20231201000", "2023-12-01Z", "2023-12-01T10:00:00.Z",
        "２０２３-12-01", "٦٠", "99999999999", "P9999999999D", "never", "1; DROP TABLE file", "60\0", "60\n", String(repeating: "0", count: 65),
    ])
    func noTerms(text: String) { #expect(Expiry(text) == nil || Expiry(text)?.moment(from: Self.now) == nil) }

    @Test func sameTerms() throws {
        let texts = [["3600", "PT1H", "PT60M"], ["P7D", "P1W", "604800"], ["P1Y", "P12M"], ["2030-01-01T00:00:00Z", "2030-01-01T08:00:00+08:00"], ["P30D"], ["P1M"]]
        for (place, same) in texts.enumerated() {
            let terms = same.compactMap { Expiry($0) }
            #expect(terms.count == same.count && Set(terms.map(\.canonical)).count == 1 && terms.allSatisfy { $0 == terms[0] })
            for other in texts.dropFirst(place + 1) { #expect(Expiry(other[0])?.canonical != terms[0].canonical) }
        }
    }
}
