// Numbers as programs that read metrics write them themselves, so that a label `le` is the same text at each version.

import Text

/// A number of a metric.
public struct MetricNumber: Sendable, ExpressibleByIntegerLiteral {
    public let text: String

    public init(_ value: Int) { text = "\(value)" }

    public init(integerLiteral value: Int) { self.init(value) }

    /// Seconds with up to six decimals, at least one: "0.005", "1.0".
    ///
    /// - Parameter microseconds: not negative.
    public static func seconds(microseconds: Int) -> MetricNumber {
        var decimals = (microseconds % 1_000_000).padded(to: 6)
        while decimals.hasSuffix("0"), decimals.utf8.count > 1 { decimals.removeLast() }
        return MetricNumber(text: "\(microseconds / 1_000_000).\(decimals)")
    }

    private init(text: String) { self.text = text }
}
