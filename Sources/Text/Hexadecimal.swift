// Binary data as text for people, JSON and file formats: digests, colors, the file `secret`.

/// Base 16 (RFC 4648, section 8): written in lower case, read in either case.
public enum Hexadecimal {
    /// Two digits for each byte.
    public static func encode(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(encode) }

    public static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
            for (index, byte) in bytes.enumerated() {
                digits[2 * index] = digit(byte >> 4)
                digits[2 * index + 1] = digit(byte & 15)
            }
            return 2 * bytes.count
        }
    }

    /// The decoded bytes, or nil when `text` is anything but pairs of digits.
    ///
    /// - Parameter inLowerCase: rejects upper case digits too, for text that is compared or stored as it is.
    public static func decode(_ text: String, inLowerCase: Bool = false) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0, !inLowerCase || digits.allSatisfy({ $0 == $0.lowercased }) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = octet(digits[at..<at + 2]) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// The value of exactly two digits.
    @inlinable public static func octet(_ digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digits.first?.hexDigitValue,
              let low = digits[digits.index(after: digits.startIndex)].hexDigitValue else { return nil }
        return high << 4 | low
    }
}
