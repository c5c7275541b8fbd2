// HTML is a type of its own: string literals in the source are trusted, interpolated values are always escaped. So
// file names, user agents and query parameters cannot inject markup.

/// HTML text.
public struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    public let text: String

    /// HTML that the operator wrote in a setting; not escaped.
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

        /// Empty for nil.
        public mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
    }
}

enum Escaping {
    /// Escapes text for HTML; control characters that HTML does not allow become U+FFFD.
    static func escape(_ plain: String) -> String {
        if plain.utf8.allSatisfy(isItself) { return plain }
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

    /// Whether a byte of UTF-8 stands for itself, whatever follows. Most texts have no other. (0xC2 begins the second half of controls.)
    private static func isItself(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0..<0x20, 0x7F, 0xC2: false
        default: true
        }
    }
}
