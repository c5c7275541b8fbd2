// Keys with escapes are compared after unescaping.

extension JSONLexer {
    /// The unescaped bytes of a valid string whose first byte after the quote is at `start`.
    func decoded(behindQuote start: Int) -> [UInt8] {
        var end = start
        while bytes[end] != 0x22 { end += bytes[end] == 0x5C ? 2 : 1 }
        let string = UnsafeRawBufferPointer(start: bytes + (start - 1), count: end - start + 2)
        var result: [UInt8] = []
        JSONUnescape.unescape(string) { result.append(contentsOf: $0) }
        return result
    }
}
