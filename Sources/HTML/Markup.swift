// Markup is a type: what stands in a literal of the source is trusted, what is put in between is escaped, and nobody has to
// remember it. That is what keeps a file's name, a sender's program or a page's parameter from becoming part of a page.

/// HTML text.
public struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    public let text: String

    /// HTML that the operator wrote in a setting and that is meant to be HTML.
    public init(ofOperator text: String) { self.text = text }

    public init(stringLiteral text: String) { self.text = text }

    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Text, for an element's content or a quoted attribute.
        public mutating func appendInterpolation(_ plain: String) { text += Escaping.escape(plain) }

        public mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        public mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        public mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { text += part.text } }

        /// Nothing where there is nothing.
        public mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
    }
}

enum Escaping {
    /// Text as it stands in HTML; control characters that HTML has no place for become U+FFFD.
    static func escape(_ plain: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(plain.utf8.count)
        for scalar in plain.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
