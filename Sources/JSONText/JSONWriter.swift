// Writes RFC 8259 text without white space: UTF-8 as it is, slashes not escaped, as the samples of the API page.

extension JSONValue {
    /// The value as JSON text.
    public var bytes: [UInt8] {
        var text: [UInt8] = []
        write(to: &text)
        return text
    }

    private func write(to text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .int(let value): text += "\(value)".utf8
        case .double(let value): JSONValue.write(value, to: &text)
        case .string(let value): JSONValue.write(value, to: &text)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                element.write(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JSONValue.write(name, to: &text)
                text.append(UInt8(ascii: ":"))
                value.write(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction, as JSON.stringify has it.
    private static func write(_ number: Double, to text: inout [UInt8]) {
        guard number.isFinite else { return text += "null".utf8 }
        if number == number.rounded(), let whole = Int64(exactly: number), abs(number) < 1e15 { return text += "\(whole)".utf8 }
        text += "\(number)".utf8
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\"".utf8
            case "\\": text += "\\\\".utf8
            case "\n": text += "\\n".utf8
            case "\r": text += "\\r".utf8
            case "\t": text += "\\t".utf8
            // U+2028 and U+2029 end a line in older JavaScript (ECMA-262 before 2019).
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: text += UTF8.encode(scalar)!
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
