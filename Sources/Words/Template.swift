// A text into which values are put: "第 {number} 页". Scripts get it as it is written and fill it by the same rule.

/// A text with named holes.
public struct Template: Sendable, Equatable, ExpressibleByStringLiteral {
    public let text: String

    public init(stringLiteral text: String) { self.text = text }

    /// The names of its holes, in order.
    public var holes: [String] { parts.compactMap(\.hole) }

    /// The text with the values in their holes; what looks like a hole within a value stays as it is.
    public func filled(_ values: KeyValuePairs<String, String>) -> String {
        parts.map { part in
            part.text + (part.hole.map { hole in values.first { $0.key == hole }?.value ?? "{\(hole)}" } ?? "")
        }.joined()
    }

    /// The pieces of the text, each with the hole that follows it.
    private var parts: [(text: Substring, hole: String?)] {
        var parts: [(text: Substring, hole: String?)] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            parts.append((rest[..<start], String(rest[rest.index(after: start)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return parts + [(rest, nil)]
    }
}
