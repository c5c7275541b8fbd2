import Media
import Testing

@Suite struct VideoDurationTextTests {
    @Test(arguments: [
        (0, "0:00"), (0.99, "0:00"), (1, "0:01"), (9.999, "0:09"), (59.99, "0:59"), (60, "1:00"), (125.5, "2:05"),
        (3_599.9, "59:59"), (3_600, "1:00:00"), (3_725, "1:02:05"), (36_000, "10:00:00"), (360_000, "100:00:00"),
        (-1, "0:00"), (-Double.infinity, "0:00"), (Double.nan, "0:00"), (Double.infinity, "277777777777:46:40"),
        (Double.greatestFiniteMagnitude, "277777777777:46:40"),
    ] as [(Double, String)])
    func formats(_ seconds: Double, _ text: String) {
        #expect(DurationText.format(seconds) == text)
    }
}
