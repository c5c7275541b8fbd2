// Metrics in the text format of OpenMetrics 1.0 (https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md), which
// Prometheus and others read: each family with its type, unit and meaning, then its numbers.

/// One number with its labels.
public struct MetricSample: Sendable {
    let labels: [(name: String, value: String)]
    let value: MetricNumber

    public init(_ value: MetricNumber, _ labels: (name: String, value: String)...) { (self.value, self.labels) = (value, labels) }
}

/// How often something was how large, for one set of labels.
public struct MetricHistogram: Sendable {
    let labels: [(name: String, value: String)]
    let bounds: [MetricNumber]
    let counts: [Int]
    let sum: MetricNumber

    /// - Parameters:
    ///   - bounds: ascending, each included.
    ///   - counts: between the bounds, and one for what is above the last one; not negative. Sums end at the largest number.
    ///   - sum: of everything that was counted.
    public init(_ labels: (name: String, value: String)..., bounds: [MetricNumber], counts: [Int], sum: MetricNumber) {
        precondition(counts.count == bounds.count + 1)
        (self.labels, self.bounds, self.counts, self.sum) = (labels, bounds, counts, sum)
    }
}

/// A metric with all its numbers.
public struct MetricFamily: Sendable {
    private let head: String
    private let lines: [String]

    /// Names and units are written as they are: letters, digits and underscores.
    private init(_ name: String, _ type: String, unit: String?, _ help: String, _ lines: [String]) {
        precondition(unit.map { name.hasSuffix("_" + $0) } ?? true, "the unit is the end of the name")
        head = "# TYPE \(name) \(type)\n" + (unit.map { "# UNIT \(name) \($0)\n" } ?? "") + "# HELP \(name) \(MetricFamily.escaped(help))\n"
        self.lines = lines
    }

    /// A number that only grows. Its samples are called `NAME_total`.
    public static func counter(_ name: String, unit: String? = nil, _ help: String, _ samples: [MetricSample]) -> MetricFamily {
        MetricFamily(name, "counter", unit: unit, help, samples.map { line(name + "_total", $0.labels, $0.value) })
    }

    /// A number that is what it is at the moment.
    public static func gauge(_ name: String, unit: String? = nil, _ help: String, _ samples: [MetricSample]) -> MetricFamily {
        MetricFamily(name, "gauge", unit: unit, help, samples.map { line(name, $0.labels, $0.value) })
    }

    /// Texts about the site. The sample is called `NAME_info`.
    public static func info(_ name: String, _ help: String, _ labels: (name: String, value: String)...) -> MetricFamily {
        MetricFamily(name, "info", unit: nil, help, [line(name + "_info", labels, 1)])
    }

    public static func histogram(_ name: String, unit: String? = nil, _ help: String, _ histograms: [MetricHistogram]) -> MetricFamily {
        MetricFamily(name, "histogram", unit: unit, help, histograms.flatMap { lines(name, $0) })
    }

    /// Buckets hold everything up to their bound.
    private static func lines(_ name: String, _ histogram: MetricHistogram) -> [String] {
        var total = 0
        let buckets = zip(histogram.bounds.map(\.text) + ["+Inf"], histogram.counts).map { bound, count in
            total = total.addingReportingOverflow(count).overflow ? .max : total + count
            return line(name + "_bucket", histogram.labels + [("le", bound)], MetricNumber(total))
        }
        return buckets + [line(name + "_count", histogram.labels, MetricNumber(total)), line(name + "_sum", histogram.labels, histogram.sum)]
    }

    private static func line(_ name: String, _ labels: [(name: String, value: String)], _ value: MetricNumber) -> String {
        let set = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
        return "\(name)\(set.isEmpty ? "" : "{\(set)}") \(value.text)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// The content type of `text`.
    public static let type = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// A whole answer.
    public static func text(_ families: [MetricFamily]) -> String { families.map { $0.head + $0.lines.joined() }.joined() + "# EOF\n" }
}
