// The tokens of RFC 8259. Plain runs are scanned eight bytes at a time, everything else byte by byte.
// Each function takes the offset of a token's first byte and returns the offset after its last byte.

import Text

/// The bytes of a document and the tokens in them.
struct JSONLexer {
    let bytes: UnsafePointer<UInt8>
    let count: Int

    /// Offsets are kept in 31 bits.
    static let lengthLimit = Int(Int32.max)

    init(_ text: UnsafeRawBufferPointer) throws(JSONRefusal) {
        guard let base = text.baseAddress, text.count > 0 else { throw JSONRefusal(.empty, at: 0) }
        guard text.count <= JSONLexer.lengthLimit else { throw JSONRefusal(.tooLong, at: JSONLexer.lengthLimit) }
        bytes = base.assumingMemoryBound(to: UInt8.self)
        count = text.count
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONRefusal(.byteOrderMark, at: 0) }
    }

    @inline(__always)
    func word(_ at: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
    }

    /// The error for what is at `at`, which may be the end of the text.
    @inline(never)
    func refusal(_ reason: JSONRefusal.Reason, at: Int) -> JSONRefusal {
        JSONRefusal(at < count ? reason : .unexpectedEnd, at: Swift.min(at, count))
    }
}

// White space

extension JSONLexer {
    /// The offset of the first byte that is not white space.
    @inline(__always)
    func afterSpace(_ start: Int) -> Int {
        var at = start
        while at < count, bytes[at] <= 0x20 {
            // Indentation: eight spaces at once.
            while at &+ 8 <= count, word(at) == 0x2020_2020_2020_2020 { at &+= 8 }
            guard at < count else { return at }
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
            default: return at
            }
        }
        return at
    }
}

// Strings

extension JSONLexer {
    /// A word with the high bit set for each byte that is a quote, a backslash, a control character or not ASCII; only the lowest is exact.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ (ones &* 0x22)) &- ones
        let backslashes = (word ^ (ones &* 0x5C)) &- ones
        return ((word &- (ones &* 0x20)) | quotes | backslashes | word) & (ones &* 0x80)
    }

    /// Skips the string whose opening quote is at `start`; sets `escaped` when it contains a backslash.
    @inline(__always)
    func afterString(_ start: Int, escaped: inout Bool) throws -> Int {
        var at = start &+ 1
        while at &+ 8 <= count {
            let found = JSONLexer.special(word(at))
            if found == 0 {
                at &+= 8
                continue
            }
            at &+= found.trailingZeroBitCount &>> 3
            if bytes[at] == 0x22 { return at &+ 1 }
            at = try afterSpecial(at, escaped: &escaped)
        }
        return try afterStringEnd(at, escaped: &escaped)
    }

    /// The same near the end of the text, where fewer than eight bytes are left.
    @inline(never)
    private func afterStringEnd(_ start: Int, escaped: inout Bool) throws -> Int {
        var at = start
        while at < count {
            let byte = bytes[at]
            if byte == 0x22 { return at &+ 1 }
            if byte >= 0x20, byte < 0x80, byte != 0x5C {
                at &+= 1
            } else {
                at = try afterSpecial(at, escaped: &escaped)
            }
        }
        throw refusal(.unexpectedEnd, at: at)
    }

    /// Skips one escape or a run of non-ASCII characters.
    @inline(__always)
    private func afterSpecial(_ at: Int, escaped: inout Bool) throws -> Int {
        let byte = bytes[at]
        if byte == 0x5C {
            escaped = true
            return try afterEscape(at)
        }
        guard byte >= 0x80 else { throw JSONRefusal(.controlCharacter, at: at) }
        return try afterNonASCII(at)
    }

    /// Skips a run of characters of two to four bytes (RFC 3629, section 4).
    private func afterNonASCII(_ start: Int) throws -> Int {
        var at = start
        while at &+ 4 <= count {
            let word = UInt32(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt32.self))
            if word & 0x80 == 0 { return at }
            if word & 0x00C0_C0F0 == 0x0080_80E0 {
                // After E0 the second byte must be A0 or above, after ED below A0: that bit and the low bits of the first byte decide.
                let low = word & 0x200F
                guard low != 0, low != 0x200D else { throw JSONRefusal(.badUTF8, at: at) }
                at &+= 3
            } else if word & 0xC0E0 == 0x80C0 {
                guard word & 0x1E != 0 else { throw JSONRefusal(.badUTF8, at: at) }
                at &+= 2
            } else if word & 0xC0C0_C0F8 == 0x8080_80F0 {
                // After F0 the second byte must be 90 or above, after F4 below 90; F5 and above are invalid.
                let first = word & 0x07, second = word >> 8 & 0x30
                guard first < 4 && (first != 0 || second != 0) || first == 4 && second == 0 else {
                    throw JSONRefusal(.badUTF8, at: at)
                }
                at &+= 4
            } else {
                throw JSONRefusal(.badUTF8, at: at)
            }
        }
        return try afterLastNonASCII(at)
    }

    /// The same with fewer than four bytes left.
    private func afterLastNonASCII(_ start: Int) throws -> Int {
        var at = start
        while at < count, bytes[at] >= 0x80 {
            let first = bytes[at]
            let length = first >= 0xE0 ? 3 : 2
            guard first >= 0xC2, first < 0xF0, at + length <= count, bytes[at + 1] & 0xC0 == 0x80 else {
                throw JSONRefusal(.badUTF8, at: at)
            }
            if length == 3 {
                guard bytes[at + 2] & 0xC0 == 0x80, first != 0xE0 || bytes[at + 1] >= 0xA0, first != 0xED || bytes[at + 1] < 0xA0 else {
                    throw JSONRefusal(.badUTF8, at: at)
                }
            }
            at += length
        }
        return at
    }

    private func afterEscape(_ start: Int) throws -> Int {
        guard start + 1 < count else { throw refusal(.badEscape, at: start + 1) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(start)
            if unit & 0xFC00 == 0xDC00 { throw JSONRefusal(.loneSurrogate, at: start) }
            guard unit & 0xFC00 == 0xD800 else { return start + 6 }
            let next = start + 6
            guard next + 1 < count, bytes[next] == UInt8(ascii: "\\"), bytes[next + 1] == UInt8(ascii: "u"),
                try codeUnit(next) & 0xFC00 == 0xDC00
            else { throw JSONRefusal(.loneSurrogate, at: start) }
            return next + 6
        default:
            throw JSONRefusal(.badEscape, at: start)
        }
    }

    /// The code unit of the escape \uXXXX at `start`.
    func codeUnit(_ start: Int) throws -> UInt32 {
        var unit: UInt32 = 0
        for at in (start + 2)..<(start + 6) {
            guard at < count else { throw refusal(.badEscape, at: at) }
            guard let digit = bytes[at].hexDigitValue else { throw JSONRefusal(.badEscape, at: start) }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}

// Numbers and words

extension JSONLexer {
    @inline(__always)
    private func isDigit(_ at: Int) -> Bool { at < count && bytes[at].isDigit }

    @inline(__always)
    private func afterDigits(_ start: Int) -> Int {
        var at = start
        while isDigit(at) { at &+= 1 }
        return at
    }

    /// Skips a number that begins at `start` with a digit or a minus.
    @inline(__always)
    func afterNumber(_ start: Int) throws -> Int {
        var at = bytes[start] == UInt8(ascii: "-") ? start &+ 1 : start
        guard isDigit(at) else { throw refusal(.badNumber, at: at) }
        at = bytes[at] == UInt8(ascii: "0") ? at &+ 1 : afterDigits(at)
        guard at < count else { return at }
        if isDigit(at) { throw JSONRefusal(.badNumber, at: at) }
        if bytes[at] == UInt8(ascii: ".") {
            guard isDigit(at &+ 1) else { throw refusal(.badNumber, at: at &+ 1) }
            at = afterDigits(at &+ 1)
        }
        guard at < count, bytes[at] | 0x20 == UInt8(ascii: "e") else { return at }
        at &+= 1
        if at < count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
        guard isDigit(at) else { throw refusal(.badNumber, at: at) }
        return afterDigits(at)
    }

    /// Skips `true`, `false` or `null`.
    @inline(__always)
    func afterWord(_ start: Int) throws -> Int {
        switch bytes[start] {
        case UInt8(ascii: "t"): try after("true", start)
        case UInt8(ascii: "f"): try after("false", start)
        default: try after("null", start)
        }
    }

    @inline(__always)
    private func after(_ word: StaticString, _ start: Int) throws -> Int {
        for index in 0..<word.utf8CodeUnitCount {
            guard start &+ index < count, bytes[start &+ index] == word.utf8Start[index] else {
                throw refusal(.unexpectedByte, at: start &+ index)
            }
        }
        return start &+ word.utf8CodeUnitCount
    }
}
