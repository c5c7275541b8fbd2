// Some mail libraries that build forms write file names as encoded words, =?utf-8?B?…?= and =?utf-8?Q?…?=. The words of a long name may
// split a character, so they are joined as bytes.

import Text

/// Encoded words (RFC 2047).
enum EncodedWord {
    /// Decodes the encoded words of a text; white space between two of them is removed (section 6.2), all else stays.
    static func decode(_ text: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = text[...]
        while let byte = rest.first {
            if let (bytes, end) = word(rest) {
                decoded += bytes
                rest = rest[end...]
                let next = rest.drop(while: HeaderValue.isBlank)
                if word(next) != nil { rest = next }
            } else {
                decoded.append(byte)
                rest = rest.dropFirst()
            }
        }
        return decoded
    }

    /// The encoded word at the start of a text, as UTF-8, and where it ends.
    private static func word(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], end: Int)? {
        guard text.starts(with: "=?".utf8) else { return nil }
        let name = text.dropFirst(2).prefix { $0 != mark }
        guard let charset = Charset(named: name) else { return nil }
        let coding = text[name.endIndex...].dropFirst().prefix { $0 != mark }
        let content = text[coding.endIndex...].dropFirst().prefix { $0 != mark }
        let end = text[content.endIndex...].prefix(2)
        guard end.elementsEqual("?=".utf8), let bytes = bytes(content, coding: coding) else { return nil }
        return (charset.utf8(bytes), end.endIndex)
    }

    private static let mark = UInt8(ascii: "?")

    private static func bytes(_ content: ArraySlice<UInt8>, coding: ArraySlice<UInt8>) -> [UInt8]? {
        switch HeaderValue.text(coding).lowercased() {
        // The padding may be missing.
        case "b": Base64.decode(content, .standard, .unpadded)
        case "q": quoted(content)
        default: nil
        }
    }

    /// Section 4.2.
    private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), let value = Hexadecimal.octet(rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "_") ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }
}

/// The supported charsets; names in others stay raw bytes, and invalid UTF-8 is replaced when they are shown.
enum Charset {
    case utf8, latin1

    init?(named name: some Sequence<UInt8>) {
        switch String(decoding: Array(name), as: UTF8.self).lowercased() {
        case "utf-8", "utf8", "us-ascii": self = .utf8
        case "iso-8859-1", "latin1": self = .latin1
        default: return nil
        }
    }

    func utf8(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: bytes
        // Its 256 codes are the first of Unicode.
        case .latin1: Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
        }
    }
}
