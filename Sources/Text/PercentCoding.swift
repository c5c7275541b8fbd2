// %XX in queries, forms, paths and file names. Decoding never fails: an invalid escape is kept as it is, as browsers do.

/// Percent-encoded text (RFC 3986, section 2.1; WHATWG URL, section 1.3).
public enum PercentCoding {
    /// Decodes the escapes of those bytes for which `wanted` is true.
    @inlinable public static func decode(_ text: some Collection<UInt8>, plusIsBlank: Bool = false,
                                         wanted: (UInt8) -> Bool = { _ in true }) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Hexadecimal.octet(rest.prefix(2)), wanted(value) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }

    /// Escapes all bytes except those for which `stays` is true.
    @inlinable public static func encode(_ text: String, butNot stays: (UInt8) -> Bool) -> String {
        // Most names need no escape, and a list has many.
        text.utf8.allSatisfy(stays) ? text : encode(bytes: text.utf8, butNot: stays)
    }

    /// The same for bytes that need not be text.
    public static func encode(bytes source: some Collection<UInt8>, butNot stays: (UInt8) -> Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        for byte in source {
            if stays(byte) { bytes.append(byte) } else { bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Characters that need no escape anywhere in a URL: letters, digits and `-._~` (RFC 3986, section 2.3).
    @inlinable public static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: byte.isLetterOrDigit
        }
    }

    /// Upper case, as RFC 3986, section 2.1 requires.
    private static let digits = Array("0123456789ABCDEF".utf8)
}
