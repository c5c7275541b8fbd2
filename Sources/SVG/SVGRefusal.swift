// Why an SVG is not taken.

/// A vector graphic that is refused.
public struct SVGRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether a bound on size or nesting was passed, rather than a rule about content.
    public let isTooLarge: Bool
    /// For the log.
    public let because: String

    public init(_ because: String, isTooLarge: Bool = false) {
        self.because = because
        self.isTooLarge = isTooLarge
    }

    public var description: String { because }
}
