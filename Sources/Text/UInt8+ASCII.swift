// Formats and protocols are made of ASCII, whatever the language of what they carry. No byte of another character of UTF-8 is below
// 0x80, so that a text can be looked at byte by byte.

extension UInt8 {
    /// `0` to `9`.
    @inlinable public var isDigit: Bool { self &- 0x30 < 10 }

    /// `a` to `z` in either case.
    @inlinable public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    @inlinable public var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Letters, digits and `_`, as `\w` of regular expressions.
    @inlinable public var isWordByte: Bool { isLetterOrDigit || self == 0x5F }

    /// A digit of base 16, in either case.
    @inlinable public var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }

    /// The value of a digit of base 16, in either case.
    @inlinable public var hexDigitValue: UInt8? {
        if isDigit { return self &- 0x30 }
        return isHexDigit ? (self | 0x20) &- 0x57 : nil
    }

    /// Another byte only for a letter in upper case.
    @inlinable public var lowercased: UInt8 { isLetter ? self | 0x20 : self }

    /// Another byte only for a letter in lower case.
    @inlinable public var uppercased: UInt8 { isLetter ? self & 0xDF : self }
}
