// Writes RFC 8259 text without white space: UTF-8 and slashes are not escaped, as in the samples of the API documentation.

import Text

/// How far strings are escaped beyond what RFC 8259 asks for.
public enum JSONEscaping: Sendable {
    case least
    /// `/` as `\/`, as EasyImages writes it.
    case slashes
    /// `<`, `>` and `&` too, for JSON sent as text/html.
    case markup
}

extension JSONValue {
    /// The value as JSON text.
    public var bytes: [UInt8] { bytes(.least) }

    public func bytes(_ escaping: JSONEscaping) -> [UInt8] {
        var text: [UInt8] = []
        write(to: &text, escaping)
        return text
    }

    /// Appends the value to JSON text.
    public func write(to text: inout [UInt8], _ escaping: JSONEscaping = .least) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .int(let value): text += "\(value)".utf8
        case .double(let value): JSONValue.write(value, to: &text)
        case .string(let value): JSONValue.write(value, to: &text, escaping)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                element.write(to: &text, escaping)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JSONValue.write(name, to: &text, escaping)
                text.append(UInt8(ascii: ":"))
                value.write(to: &text, escaping)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    /// The shortest text that parses to the same number; whole numbers without a fraction, as JSON.stringify does.
    private static func write(_ number: Double, to text: inout [UInt8]) {
        guard number.isFinite else { return text += "null".utf8 }
        if number == number.rounded(), let whole = Int64(exactly: number), abs(number) <= 0x1p53 { return text += "\(whole)".utf8 }
        text += "\(number)".utf8
    }

    private static func write(_ string: String, to text: inout [UInt8], _ escaping: JSONEscaping) {
        text.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { bytes in
            // Most strings of a list need no escape. Without an early end the compiler looks at 16 bytes at once.
            if escaping == .least, bytes.reduce(0, { $0 | mayNeedEscape($1) }) == 0 { return text += bytes }
            var copied = 0
            var index = 0
            while index < bytes.count {
                guard mayNeedEscape(bytes[index]) == 1 || escaping != .least, let (escape, length) = escape(of: bytes[index...], escaping) else {
                    index += 1
                    continue
                }
                text += bytes[copied..<index]
                text += escape.utf8
                index += length
                copied = index
            }
            text += bytes[copied...]
        }
        text.append(UInt8(ascii: "\""))
    }

    /// 0 for letters, digits, spaces and other characters that `.least` never escapes, else 1.
    private static func mayNeedEscape(_ byte: UInt8) -> UInt8 {
        (byte < 0x20 ? 1 : 0) | (byte >= 0x7F ? 1 : 0) | (byte == UInt8(ascii: "\"") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
    }

    /// The escape for the first character of a text and the length of that character; nil if it needs none.
    private static func escape(of text: Slice<UnsafeBufferPointer<UInt8>>, _ escaping: JSONEscaping) -> (text: String, length: Int)? {
        switch text.first {
        case UInt8(ascii: "\""): ("\\\"", 1)
        case UInt8(ascii: "\\"): ("\\\\", 1)
        case 0x08: ("\\b", 1)
        case 0x09: ("\\t", 1)
        case 0x0A: ("\\n", 1)
        case 0x0C: ("\\f", 1)
        case 0x0D: ("\\r", 1)
        case UInt8(ascii: "/") where escaping != .least: ("\\/", 1)
        case UInt8(ascii: "<") where escaping == .markup: ("\\u003C", 1)
        case UInt8(ascii: ">") where escaping == .markup: ("\\u003E", 1)
        case UInt8(ascii: "&") where escaping == .markup: ("\\u0026", 1)
        case let byte? where byte < 0x20 || byte == 0x7F: ("\\u00" + Hexadecimal.encode([byte]), 1)
        // U+2028 and U+2029 end a line in older JavaScript (ECMA-262 before 2019).
        case 0xE2 where text.starts(with: [0xE2, 0x80, 0xA8]): ("\\u2028", 3)
        case 0xE2 where text.starts(with: [0xE2, 0x80, 0xA9]): ("\\u2029", 3)
        default: nil
        }
    }
}
