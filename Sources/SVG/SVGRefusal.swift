// Why an SVG is rejected.

/// A vector graphic that is rejected.
public struct SVGRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether it exceeds a limit on size or nesting, rather than breaking a rule about content.
    public let isTooLarge: Bool
    /// For the log.
    public let because: String

    public init(_ because: String, isTooLarge: Bool = false) {
        self.because = because
        self.isTooLarge = isTooLarge
    }

    public var description: String { because }
}
