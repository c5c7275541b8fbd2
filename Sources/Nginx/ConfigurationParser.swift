// Reads the text of a configuration file byte by byte, as nginx does: in GBK comments a second byte may be a brace.

struct ConfigurationParser {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0

    /// Blocks in blocks.
    private static let depthLimit = 32

    private enum Token: Sendable {
        case word(Range<Int>)
        case end, open, close
    }

    /// - Throws: `ConfigurationError`.
    static func directives(_ bytes: [UInt8], of file: String) throws -> [Directive] {
        var parser = ConfigurationParser(bytes, file)
        return try parser.block(depth: 0)
    }

    private init(_ bytes: [UInt8], _ file: String) { (self.bytes, self.file) = (bytes, file) }

    /// The directives up to the closing brace, or, at depth 0, up to the end.
    private mutating func block(depth: Int) throws -> [Directive] {
        var found: [Directive] = []
        var words: [String] = []
        var start = 0
        while let token = try next() {
            switch token {
            case .word(let range):
                if words.isEmpty { start = range.lowerBound }
                words.append(text(range))
                continue
            case .close:
                guard depth > 0, words.isEmpty else { throw failure }
                return found
            case .end:
                guard !words.isEmpty else { throw failure }
                found.append(Directive(words, file: file, bytes: start..<position))
            case .open:
                guard !words.isEmpty, depth < ConfigurationParser.depthLimit else { throw failure }
                found.append(try withBlock(words, from: start, depth: depth))
            }
            words = []
        }
        guard depth == 0, words.isEmpty else { throw failure }
        return found
    }

    private mutating func withBlock(_ words: [String], from start: Int, depth: Int) throws -> Directive {
        if words[0].hasSuffix("_by_lua_block") {
            let lua = try skipLua()
            return Directive(words, lua: text(lua), file: file, bytes: start..<position)
        }
        let inner = try block(depth: depth + 1)
        return Directive(words, block: inner, file: file, bytes: start..<position)
    }

    private mutating func next() throws -> Token? {
        skipBlanks()
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        if let symbol = ConfigurationParser.symbols[first] {
            position += 1
            return symbol
        }
        return .word(first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? try quoted(first) : word())
    }

    private static let symbols: [UInt8: Token] = [UInt8(ascii: ";"): .end, UInt8(ascii: "{"): .open, UInt8(ascii: "}"): .close]

    /// Blanks, line ends and comments.
    private mutating func skipBlanks() {
        var isComment = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\n") { isComment = false }
            if byte == UInt8(ascii: "#") { isComment = true }
            guard isComment || ConfigurationParser.isBlank(byte) else { return }
            position += 1
        }
    }

    /// A brace belongs to the word where it follows a dollar sign (`${name}`).
    private mutating func word() -> Range<Int> {
        let start = position
        var isVariable = false
        while position < bytes.count {
            let byte = bytes[position]
            let isBrace = byte == UInt8(ascii: "{")
            if ConfigurationParser.isBlank(byte) || byte == UInt8(ascii: ";") || isBrace && !isVariable { break }
            isVariable = byte == UInt8(ascii: "$")
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position, bytes.count)
        return start..<position
    }

    private mutating func quoted(_ quote: UInt8) throws -> Range<Int> {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != quote { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        guard position < bytes.count else { throw failure }
        position += 1
        return start..<position
    }

    /// Up to the closing brace; braces in Lua are even but in strings, which nobody writes so in a server block.
    private mutating func skipLua() throws -> Range<Int> {
        let start = position
        var depth = 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "{") { depth += 1 }
            if bytes[position] == UInt8(ascii: "}") { depth -= 1 }
            position += 1
            if depth == 0 { return start..<position - 1 }
        }
        throw failure
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private var failure: ConfigurationError {
        ConfigurationError(file: file, line: 1 + bytes.prefix(position).count(where: { $0 == UInt8(ascii: "\n") }))
    }
}
