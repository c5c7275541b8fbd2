// The services write placeholders as SQLite does. This is the one place that knows how PostgreSQL writes the same.

/// A statement in PostgreSQL's words.
struct StatementText {
    let text: String
    /// Whether it reads only, so that it may run again when the connection was lost.
    let isQuery: Bool
    /// Whether its best plan may depend on its values: a part of a list is found by an index that fits the order, or the condition.
    let dependsOnValues: Bool

    /// `?` and `?3` become `$n`; a `?` without a number has the one after the highest so far, as in SQLite. `LIKE` disregards the case of
    /// ASCII letters alone, as in SQLite: that is `ILIKE` by the collation "C".
    init(_ text: String) {
        var result: [UInt8] = []
        var reader = Reader(text)
        while let part = reader.next() {
            switch part {
            case .bytes(let bytes): result += bytes
            case .placeholder(let number): result += Array("$\(number)".utf8)
            case .like: result += Array(#"COLLATE "C" ILIKE"#.utf8)
            }
        }
        self.text = String(decoding: result, as: UTF8.self)
        isQuery = text.drop { $0.isWhitespace }.hasPrefix("SELECT")
        dependsOnValues = text.contains("?") && (text.contains("ORDER BY") || text.contains("LIMIT"))
    }

    private enum Part {
        case bytes([UInt8]), placeholder(Int), like
    }

    private struct Reader {
        private var rest: Array<UInt8>.SubSequence
        private var highest = 0

        init(_ text: String) { rest = Array(text.utf8)[...] }

        mutating func next() -> Part? {
            guard let first = rest.first else { return nil }
            switch first {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): return .bytes(quoted(by: first))
            case UInt8(ascii: "?"): return .placeholder(number())
            case _ where Reader.isOfWord(first): return word()
            default:
                rest.removeFirst()
                return .bytes([first])
            }
        }

        /// (A doubled quote is the end of one text and the beginning of the next.)
        private mutating func quoted(by quote: UInt8) -> [UInt8] {
            let end = rest.dropFirst().firstIndex(of: quote).map { $0 + 1 } ?? rest.endIndex
            defer { rest = rest[end...] }
            return Array(rest[..<end])
        }

        private mutating func number() -> Int {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest[digits.endIndex...]
            let number = Int(String(decoding: digits, as: UTF8.self)) ?? highest + 1
            highest = max(highest, number)
            return number
        }

        private mutating func word() -> Part {
            let word = Array(rest.prefix(while: Reader.isOfWord))
            rest = rest.dropFirst(word.count)
            return word == Array("LIKE".utf8) ? .like : .bytes(word)
        }

        private static func isOfWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                 UInt8(ascii: "_"), 0x80...: true
            default: false
            }
        }
    }
}
