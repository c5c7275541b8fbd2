import Testing
import Time

@Suite struct InternetTimeTests {
    @Test func timesAreInUTC() {
        #expect(InternetTime.text(0) == "1970-01-01T00:00:00Z")
        #expect(InternetTime.text(1_795_755_600) == "2026-11-27T05:00:00Z")
    }
}
