/// A header's value with its parameters, `value; name=token; name="quoted"`, read leniently: blanks may be missing.
struct HeaderValue {
    let value: String
    private var parameters: [(name: String, value: [UInt8])] = []

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        value = HeaderValue.text(HeaderValue.take(&rest, until: UInt8(ascii: ";")))
        while !rest.isEmpty {
            rest = rest.dropFirst()
            let name = HeaderValue.text(HeaderValue.take(&rest, until: UInt8(ascii: "="), or: UInt8(ascii: ";"))).lowercased()
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            parameters.append((name, HeaderValue.takeValue(&rest)))
        }
    }

    /// The first parameter of that name.
    func parameter(_ name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.first == UInt8(ascii: "\"") else { return trimmed(take(&rest, until: UInt8(ascii: ";"))) }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            // Only \" is an escape: old browsers send Windows paths with single backslashes.
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\""), rest.dropFirst().contains(UInt8(ascii: "\"")) {
                value.append(rest.removeFirst())
            } else {
                value.append(byte)
            }
        }
        _ = take(&rest, until: UInt8(ascii: ";"))
        return value
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, until end: UInt8, or other: UInt8? = nil) -> ArraySlice<UInt8> {
        let taken = rest.prefix { $0 != end && $0 != other }
        rest = rest[taken.endIndex...]
        return taken
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: trimmed(bytes), as: UTF8.self) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        return Array(start.prefix(upTo: (start.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 }) ?? start.startIndex))
    }
}

/// %XX in the texts of forms and headers.
enum PercentCoding {
    /// Decodes what `wanted` asks for; a percent sign without two digits stays.
    static func decode(_ text: some Sequence<UInt8>, plusIsBlank: Bool = false, wanted: (UInt8) -> Bool = { _ in true }) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = hexadecimal(rest.prefix(2)), wanted(value) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        return digits.reduce(UInt8?(0)) { value, digit in
            guard let value else { return nil }
            switch digit {
            case 0x30...0x39: return value << 4 | (digit - 0x30)
            case 0x41...0x46, 0x61...0x66: return value << 4 | ((digit | 0x20) - 0x57)
            default: return nil
            }
        }
    }
}
