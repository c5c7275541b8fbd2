// One decoder for %XX in queries, forms and file names. It never fails: what is no escape stays as it is, as in browsers.

/// Percent-encoded text (WHATWG URL, section 1.3).
public enum PercentCoding {
    /// Decodes the escapes of those bytes that are `wanted`.
    public static func decode(_ text: some Collection<UInt8>, plusIsBlank: Bool = false,
                       wanted: (UInt8) -> Bool = { _ in true }) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = octet(rest.prefix(2)), wanted(value) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }

    /// The value of exactly two hexadecimal digits.
    static func octet(_ digits: some Collection<UInt8>) -> UInt8? {
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
