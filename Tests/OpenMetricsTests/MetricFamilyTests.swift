import OpenMetrics
import Testing

@Suite struct MetricFamilyTests {
    @Test func aCounter() {
        let family = MetricFamily.counter("site_jobs", "Jobs by outcome.", [MetricSample(3, ("outcome", "done")), MetricSample(0, ("outcome", "busy"))])
        #expect(MetricFamily.text([family]) == """
            # TYPE site_jobs counter
            # HELP site_jobs Jobs by outcome.
            site_jobs_total{outcome="done"} 3
            site_jobs_total{outcome="busy"} 0
            # EOF

            """)
    }

    @Test func aGaugeWithAUnit() {
        let family = MetricFamily.gauge("site_free_bytes", unit: "bytes", "Left.", [MetricSample(1), MetricSample(2, ("a", "b"), ("c", "d"))])
        #expect(MetricFamily.text([family]) == """
            # TYPE site_free_bytes gauge
            # UNIT site_free_bytes bytes
            # HELP site_free_bytes Left.
            site_free_bytes 1
            site_free_bytes{a="b",c="d"} 2
            # EOF

            """)
    }

    /// Buckets are added up, and the last one is everything.
    @Test func aHistogram() {
        let bounds = [5_000, 1_000_000].map { MetricNumber.seconds(microseconds: $0) }
        let histogram = MetricHistogram(("path", "/a"), bounds: bounds, counts: [1, 0, 4], sum: .seconds(microseconds: 12_345_678))
        #expect(MetricFamily.text([.histogram("site_time_seconds", unit: "seconds", "Taken.", [histogram])]) == """
            # TYPE site_time_seconds histogram
            # UNIT site_time_seconds seconds
            # HELP site_time_seconds Taken.
            site_time_seconds_bucket{path="/a",le="0.005"} 1
            site_time_seconds_bucket{path="/a",le="1.0"} 1
            site_time_seconds_bucket{path="/a",le="+Inf"} 5
            site_time_seconds_count{path="/a"} 5
            site_time_seconds_sum{path="/a"} 12.345678
            # EOF

            """)
    }

    @Test func sumsEndAtTheLargestNumber() {
        let histogram = MetricHistogram(bounds: [1, 2], counts: [.max, .max, 1], sum: 1)
        let text = MetricFamily.text([.histogram("site_time_seconds", "Taken.", [histogram])])
        #expect(text.contains("site_time_seconds_count \(Int.max)\n") && text.contains("le=\"1\"} \(Int.max)\n"))
    }

    @Test func textsAreEscaped() {
        let text = MetricFamily.text([.info("site_build", "A \\ and\nmore", ("version", "1\"\\\n{é}"))])
        #expect(text == #"""
            # TYPE site_build info
            # HELP site_build A \\ and\nmore
            site_build_info{version="1\"\\\n{é}"} 1
            # EOF

            """#)
    }

    @Test func nothing() { #expect(MetricFamily.text([]) == "# EOF\n") }

    @Test(arguments: [(0, "0.0"), (1, "0.000001"), (5_000, "0.005"), (250_000, "0.25"), (1_000_000, "1.0"), (30_000_000, "30.0"), (1_234_500, "1.2345")])
    func seconds(microseconds: Int, expected: String) { #expect(MetricNumber.seconds(microseconds: microseconds).text == expected) }
}
