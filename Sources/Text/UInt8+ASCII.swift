// Formats and protocols use ASCII. In UTF-8, bytes below 0x80 occur only as ASCII characters, so text can be scanned byte by byte.

extension UInt8 {
    /// `0` to `9`.
    @inlinable public var isDigit: Bool { self &- 0x30 < 10 }

    /// `a` to `z` in either case.
    @inlinable public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    @inlinable public var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Letters, digits and `_`, as `\w` of regular expressions.
    @inlinable public var isWordByte: Bool { isLetterOrDigit || self == 0x5F }

    /// A hexadecimal digit, in either case.
    @inlinable public var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }

    /// The value of a hexadecimal digit in either case; nil for other bytes.
    @inlinable public var hexDigitValue: UInt8? {
        if isDigit { return self &- 0x30 }
        return isHexDigit ? (self | 0x20) &- 0x57 : nil
    }

    /// Upper case letters in lower case; other bytes unchanged.
    @inlinable public var lowercased: UInt8 { isLetter ? self | 0x20 : self }

    /// Lower case letters in upper case; other bytes unchanged.
    @inlinable public var uppercased: UInt8 { isLetter ? self & 0xDF : self }
}
