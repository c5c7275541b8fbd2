// PNG chunks, RIFF chunks and ISO boxes all have four-character names.

/// A four-byte name, compared as one number.
struct FourCC: Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    let code: UInt32

    /// From a big-endian number.
    init(_ code: Int) { self.code = UInt32(truncatingIfNeeded: code) }

    init(stringLiteral text: StaticString) {
        precondition(text.utf8CodeUnitCount == 4, "a four-byte name has four bytes")
        code = text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// For the log: characters other than ASCII letters, digits and spaces are shown as question marks.
    var description: String {
        String(decoding: [24, 16, 8, 0].map { shift -> UInt8 in
            let byte = UInt8(truncatingIfNeeded: code >> UInt32(shift))
            return (0x20...0x7E).contains(byte) ? byte : UInt8(ascii: "?")
        }, as: UTF8.self)
    }
}

extension ByteReader {
    func name(at offset: Int) throws -> FourCC { FourCC(try big32(at: offset)) }
}
