// Parses the array syntax including manual edits: any white space, `array(` in either case, `[ ]`, trailing commas, comments,
// both kinds of quotes. Code that would have to be executed is rejected. Scalars are in PHPArrayReader+Scalars.swift.

import Text

struct PHPArrayReader {
    /// The whole file, or the window of a stream.
    private(set) var bytes: [UInt8]
    var at = 0
    /// What the window has left behind: bytes, and line ends.
    private(set) var passed = 0
    private var passedLines = 0
    private let limits: PHPArrayLimits
    private var keys: [Key] = []
    private var items = 0

    /// Where the value belongs that is being read, for messages.
    private enum Key: CustomStringConvertible {
        case number(Int)
        case text(ByteText)

        var description: String {
            switch self {
            case .number(let number): "\(number)"
            case .text(let text): text.description
            }
        }
    }

    init(_ bytes: [UInt8], _ limits: PHPArrayLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func file() throws(PHPArrayError) -> PHPArrayFile {
        guard bytes.count <= limits.bytes else { throw refusal("the file has more than \(limits.bytes >> 20) MB") }
        let name = try head()
        guard case .array(let array) = try value(depth: 1) else { throw refusal("$\(name) is no array") }
        try end()
        return PHPArrayFile(variable: name, array: array)
    }

    /// Everything before the value: `<?php $name =`.
    ///
    /// - Returns: the variable's name.
    mutating func head() throws(PHPArrayError) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        try skipBlanks()
        guard takeWord("<?php") else { throw refusal("the file does not begin with <?php") }
        try skipBlanks()
        guard take("$"), let name = takeName() else { throw refusal("a variable is missing: $name = array(…);") }
        try skipBlanks()
        guard take("=") else { throw refusal("= is missing after $\(name)") }
        try skipBlanks()
        return name
    }

    /// The start of an array.
    ///
    /// - Returns: the byte that ends it; nil if something else follows.
    mutating func opening() throws(PHPArrayError) -> UInt8? {
        if take("[") { return UInt8(ascii: "]") }
        guard takeName()?.lowercased() == "array" else { return nil }
        try skipBlanks()
        guard take("(") else { throw refusal("( is missing after array") }
        return UInt8(ascii: ")")
    }

    /// Drops what was read, and appends the next bytes of the file.
    mutating func slide(_ more: [UInt8]) {
        passedLines += PHPArrayReader.lines(bytes[..<at])
        passed += at
        bytes.removeSubrange(..<at)
        bytes += more
        at = 0
    }

    /// A semicolon or `?>`, and nothing after it.
    mutating func end() throws(PHPArrayError) {
        try skipBlanks()
        let isEnded = take(";")
        try skipBlanks()
        if takeWord("?>") {
            while at < bytes.count, PHPArrayReader.isBlank(bytes[at]) { at += 1 }
        } else if !isEnded {
            throw refusal(at == bytes.count ? "the file ends in the middle" : "; is missing after the array")
        }
        guard at == bytes.count else { throw refusal("more follows after the array: only one is read") }
    }

    private mutating func value(depth: Int) throws(PHPArrayError) -> PHPValue {
        guard depth <= limits.depth + 1 else { throw refusal("arrays are more than \(limits.depth) deep") }
        guard let first = peek() else { throw refusal("the file ends in the middle") }
        switch first {
        case UInt8(ascii: "["):
            at += 1
            return .array(try array(until: UInt8(ascii: "]"), depth: depth))
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try quoted())
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): return try number()
        default: break
        }
        let start = at
        guard let word = takeName() else { throw refusal("this is no value: \(excerpt(from: start))") }
        switch word.lowercased() {
        case "array":
            try skipBlanks()
            guard take("(") else { throw refusal("( is missing after array") }
            return .array(try array(until: UInt8(ascii: ")"), depth: depth))
        case "true": return .integer(1)
        case "false", "null": return ""
        default:
            at = start
            throw refusal("only texts, numbers and arrays are read, not \(excerpt(from: start))")
        }
    }

    private mutating func array(until close: UInt8, depth: Int) throws(PHPArrayError) -> PHPArray {
        var array = PHPArray()
        var next = 0
        while let found = try item(until: close, &next, depth: depth) { array[found.key] = found.value }
        return array
    }

    /// An array's next item and the comma after it, or the array's end.
    ///
    /// - Parameter next: the key of the next item without one.
    /// - Returns: nil at the end.
    mutating func item(until close: UInt8, _ next: inout Int, depth: Int) throws(PHPArrayError) -> (key: ByteText, value: PHPValue)? {
        try skipBlanks()
        if take(close) { return nil }
        guard at < bytes.count else { throw refusal("the file ends in the middle") }
        items += 1
        guard items <= limits.items else { throw refusal("there are more than \(limits.items) items") }
        let found = try item(&next, depth: depth)
        try skipBlanks()
        guard take(",") || peek() == close else {
            throw refusal(at == bytes.count ? "the file ends in the middle" : "a comma or the array's end is missing before "
                + excerpt(from: at))
        }
        return found
    }

    /// An item alone, with `key =>` if it has one.
    mutating func item(_ next: inout Int, depth: Int) throws(PHPArrayError) -> (key: ByteText, value: PHPValue) {
        try skipBlanks()
        keys.append(.number(next))
        let first = try value(depth: depth + 1)
        try skipBlanks()
        keys.removeLast()
        var key: ByteText?
        var item = first
        if takeWord("=>") {
            guard let text = first.bytes else { throw refusal("an array is no key") }
            key = text
            try skipBlanks()
            keys.append(.text(text))
            item = try value(depth: depth + 1)
            keys.removeLast()
        }
        let found = key ?? ByteText("\(next)")
        if let number = found.integer, number >= next { next = number == .max ? number : number + 1 }
        return (found, item)
    }
}

/// White space, comments, words, and errors.
extension PHPArrayReader {
    func peek(_ ahead: Int = 0) -> UInt8? { at + ahead < bytes.count ? bytes[at + ahead] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        at += 1
        return true
    }

    private mutating func take(_ text: Unicode.Scalar) -> Bool { take(UInt8(ascii: text)) }

    /// Skips a word in either case, if it is next.
    private mutating func takeWord(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard bytes.count - at >= length else { return false }
        for place in 0..<length where bytes[at + place].lowercased != word.utf8Start[place].lowercased { return false }
        at += length
        return true
    }

    private mutating func takeName() -> String? {
        let start = at
        while let byte = peek(), byte.isWordByte && (at > start || !byte.isDigit) { at += 1 }
        return at == start ? nil : String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func skipBlanks() throws(PHPArrayError) {
        while let byte = peek() {
            switch (byte, peek(1)) {
            case (UInt8(ascii: "#"), _), (UInt8(ascii: "/"), UInt8(ascii: "/")): skipLine()
            case (UInt8(ascii: "/"), UInt8(ascii: "*")): try skipComment()
            case _ where PHPArrayReader.isBlank(byte): at += 1
            default: return
            }
        }
    }

    /// Such a comment ends with its line, or at `?>`.
    private mutating func skipLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"),
              !(byte == UInt8(ascii: "?") && peek(1) == UInt8(ascii: ">")) { at += 1 }
    }

    private mutating func skipComment() throws(PHPArrayError) {
        let start = at
        at += 2
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                at += 2
                return
            }
            at += 1
        }
        at = start
        throw refusal("a comment is not closed")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    func refusal(_ problem: String) -> PHPArrayError {
        let line = 1 + passedLines + PHPArrayReader.lines(bytes[..<min(at, bytes.count)])
        return PHPArrayError(line: line, keys: keys.map(\.description), problem: problem)
    }

    /// The problems of bytes that end too early.
    static let unfinished: Set<String> = ["the file ends in the middle", "a text is not closed", "a comment is not closed"]

    private static func lines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { all in
            var count = 0
            for byte in all where byte == UInt8(ascii: "\n") { count += 1 }
            return count
        }
    }

    /// The text from an offset, shortened for a message.
    func excerpt(from start: Int) -> String {
        let line = bytes[min(start, bytes.count)...].prefix(30).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return "\"" + String(decoding: line, as: UTF8.self) + "\""
    }
}
