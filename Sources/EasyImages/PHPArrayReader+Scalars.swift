// Strings and numbers by the rules of PHP (PHP manual, "Strings" and "Integers"): a leading zero means octal,
// because that is how EasyImages read its settings.

import Text

extension PHPArrayReader {
    mutating func quoted() throws(PHPArrayError) -> ByteText {
        let start = at
        let quote = bytes[at]
        at += 1
        var text: [UInt8] = []
        while true {
            let end = special(from: at, in: quote)
            text += bytes[at..<end]
            at = end
            guard let byte = peek() else { break }
            at += 1
            if byte == quote { return ByteText(text) }
            if byte == UInt8(ascii: "\\") {
                try quote == UInt8(ascii: "'") ? escapeInSingleQuotes(into: &text) : escape(into: &text)
            } else {
                if quote == UInt8(ascii: "\"") { try refuseVariable(after: byte) }
                text.append(byte)
            }
        }
        at = start
        throw refusal("a text is not closed")
    }

    /// The offset of the next byte that may be more than itself in a quoted text.
    private func special(from start: Int, in quote: UInt8) -> Int {
        bytes.withUnsafeBufferPointer { all in
            var index = start
            while index < all.count, case let byte = all[index], byte != quote, byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "$"),
                  byte != UInt8(ascii: "{") { index += 1 }
            return index
        }
    }

    private mutating func escapeInSingleQuotes(into text: inout [UInt8]) throws(PHPArrayError) {
        if let next = peek(), next == UInt8(ascii: "'") || next == UInt8(ascii: "\\") {
            text.append(next)
            at += 1
        } else {
            text.append(UInt8(ascii: "\\"))
        }
    }

    /// `"$name"` and `"{$name}"` would have to be evaluated.
    private func refuseVariable(after byte: UInt8) throws(PHPArrayError) {
        guard let next = peek() else { return }
        let begins = next >= 0x80 || next.isWordByte && !next.isDigit
        if byte == UInt8(ascii: "$") && (begins || next == UInt8(ascii: "{")) || byte == UInt8(ascii: "{") && next == UInt8(ascii: "$") {
            throw refusal("a text in double quotes holds a variable")
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(PHPArrayError) {
        guard let byte = peek() else { return }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "e"): text.append(0x1B)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "\""): text.append(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            at -= 1
            text.append(UInt8(truncatingIfNeeded: digits(atMost: 3, radix: 8) ?? 0))
        case UInt8(ascii: "x"):
            if let number = digits(atMost: 2, radix: 16) { text.append(UInt8(truncatingIfNeeded: number)) } else { text += [UInt8(ascii: "\\"), byte] }
        case UInt8(ascii: "u") where peek() == UInt8(ascii: "{"): try codePoint(into: &text)
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func codePoint(into text: inout [UInt8]) throws(PHPArrayError) {
        at += 1
        guard let number = digits(atMost: 8, radix: 16), let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: number)),
              take(UInt8(ascii: "}")) else { throw refusal("\\u{…} holds no character") }
        text += Array(String(Character(scalar)).utf8)
    }

    private mutating func digits(atMost most: Int, radix: Int) -> Int? {
        let start = at
        var number = 0
        while at - start < most, let byte = peek(), let digit = byte.hexDigitValue.map({ Int($0) }), digit < radix {
            number = number * radix + digit
            at += 1
        }
        return at == start ? nil : number
    }

    mutating func number() throws(PHPArrayError) -> PHPValue {
        let start = at
        var isNegative = false
        if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            at += 1
        }
        let first = at
        // (Nearly all are as plain as this.)
        var plain = 0
        while at - first < 18, let byte = peek(), byte.isDigit {
            plain = plain * 10 + Int(byte - UInt8(ascii: "0"))
            at += 1
        }
        if at > first, bytes[first] != UInt8(ascii: "0") || at - first == 1, peek().map({ !isPartOfNumber($0, after: bytes[at - 1], in: first) }) ?? true {
            return .integer(isNegative ? -plain : plain)
        }
        while let byte = peek(), isPartOfNumber(byte, after: at > first ? bytes[at - 1] : 0, in: first) { at += 1 }
        let digits = String(decoding: bytes[first..<at], as: UTF8.self)
        guard let value = PHPNumber.read(digits, isNegative: isNegative) else {
            let text = excerpt(from: start)
            at = start
            throw refusal("this is no number: \(text)")
        }
        return value
    }

    private func isPartOfNumber(_ byte: UInt8, after last: UInt8, in first: Int) -> Bool {
        byte.isWordByte || byte == UInt8(ascii: ".")
            // The sign of an exponent.
            || (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && last | 0x20 == UInt8(ascii: "e")
                && peek(first - at + 1).map { $0 | 0x20 != UInt8(ascii: "x") } ?? true
    }
}

enum PHPNumber {
    /// - Returns: a text if PHP does not read it as an integer: `1.5`, numbers of over 64 bits, and `089`.
    static func read(_ written: String, isNegative: Bool) -> PHPValue? {
        let digits = written.filter { $0 != "_" }
        let text = PHPValue((isNegative ? "-" : "") + digits)
        guard let first = digits.first, isWellFormed(written) else { return nil }
        for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.lowercased().hasPrefix(prefix) {
            guard !digits.dropFirst(2).isEmpty, digits.dropFirst(2).allSatisfy({ $0.hexDigitValue.map { $0 < radix } ?? false })
            else { return nil }
            return Int((isNegative ? "-" : "") + digits.dropFirst(2), radix: radix).map(PHPValue.integer) ?? text
        }
        guard digits.utf8.allSatisfy(\.isDigit) else { return isDecimal(digits) ? text : nil }
        let isOctal = first == "0" && digits.utf8.count > 1
        if isOctal && digits.contains(where: { $0 > "7" }) { return text }
        return Int((isNegative ? "-" : "") + digits, radix: isOctal ? 8 : 10).map(PHPValue.integer) ?? text
    }

    /// Underscores are allowed only between digits.
    private static func isWellFormed(_ written: String) -> Bool {
        !written.hasPrefix("_") && !written.hasSuffix("_") && !written.contains("__") && written.utf8.count <= 400
    }

    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, let mantissa = parts.first, mantissa.utf8.contains(where: \.isDigit),
              mantissa.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
              mantissa.utf8.filter({ $0 == UInt8(ascii: ".") }).count <= 1 else { return false }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].drop { $0 == "-" || $0 == "+" }
        return !exponent.isEmpty && exponent.utf8.allSatisfy(\.isDigit) && parts[1].utf8.count - exponent.utf8.count <= 1
    }
}
