// Excerpts of long texts end at a number of bytes, which may be within a character.

extension String {
    /// The text of valid UTF-8 that was cut somewhere; a character that lacks its end is left out.
    public init(cutUTF8 bytes: some BidirectionalCollection<UInt8>) {
        var start = bytes.endIndex
        var tail = 0
        while start > bytes.startIndex, tail < 4 {
            start = bytes.index(before: start)
            tail += 1
            if bytes[start] & 0xC0 != 0x80 { break }
        }
        let isCut = start < bytes.endIndex && tail < String.length(from: bytes[start])
        self.init(decoding: isCut ? bytes[..<start] : bytes[...], as: UTF8.self)
    }

    /// Bytes of a character, by its first one (RFC 3629, section 3).
    private static func length(from first: UInt8) -> Int {
        switch first {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
