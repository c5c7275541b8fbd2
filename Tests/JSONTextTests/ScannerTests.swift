// What is JSON and what is not, by RFC 8259 and the limits of this project; the tables name every rule once.

import JSONText
import Testing

/// The minified form of a text.
func minified(_ text: some Collection<UInt8>) throws -> [UInt8] {
    try Array(text).withUnsafeBytes { try JSONMinifier.minified($0) }
}

/// Why a text is refused; nil when it is not.
func refusal(_ text: some Collection<UInt8>) -> JSONRefusal? {
    do {
        _ = try minified(text)
        return nil
    } catch {
        return error as? JSONRefusal
    }
}

struct ScannerTests {
    @Test("Texts that are JSON, and their minified form", arguments: [
        ("{}", "{}"), ("[]", "[]"), (" \t\r\n[ ]\n", "[]"), ("0", "0"), ("-0", "-0"), ("\"\"", "\"\""), ("null", "null"),
        (" true ", "true"), ("false", "false"), ("-0.0e-00", "-0.0e-00"), ("1E+9", "1E+9"), ("1e400", "1e400"),
        ("[1 , 2,3 ]", "[1,2,3]"), ("{ \"a\" : 1 , \"b\" : [ ] }", "{\"a\":1,\"b\":[]}"),
        ("[1.10,9007199254740993,0.1e1]", "[1.10,9007199254740993,0.1e1]"),
        ("\" spaces  stay \"", "\" spaces  stay \""), ("\"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "\"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\\"\""),
        ("\"\\uD83D\\ude00\"", "\"\\uD83D\\ude00\""), ("\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"",
                                                       "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\""),
        ("{\"\":0}", "{\"\":0}"), ("{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}", "{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}"),
        // Two spellings of é: one letter, and e with an accent behind it.
        ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    ])
    func accepts(_ text: String, _ expected: String) throws {
        #expect(try minified(text.utf8) == Array(expected.utf8))
    }

    @Test("Texts that are not, why, and where", arguments: [
        ("", .empty, 0), (" ", .unexpectedEnd, 1), ("\u{FEFF}{}", .byteOrderMark, 0), ("{} x", .trailingText, 3), ("1 2", .trailingText, 2),
        ("[1]]", .trailingText, 3), ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
        ("[1,,2]", .unexpectedByte, 3), ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("{", .unexpectedEnd, 1),
        ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,}", .unexpectedByte, 7),
        ("{a:1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\":1]", .unexpectedByte, 6),
        ("[1}", .unexpectedByte, 2), ("{'a':1}", .unexpectedByte, 1), ("[1]//", .trailingText, 3), ("/**/1", .unexpectedByte, 0),
        ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3), ("True", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
        ("Infinity", .unexpectedByte, 0), ("-Infinity", .badNumber, 1), ("+1", .unexpectedByte, 0), ("01", .badNumber, 1), ("-01", .badNumber, 2),
        ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("[1.]", .badNumber, 3), (".5", .unexpectedByte, 0), ("1e", .unexpectedEnd, 2),
        ("[1e+]", .badNumber, 4), ("1.e1", .badNumber, 2), ("0x10", .trailingText, 1), ("[1_0]", .unexpectedByte, 2),
        ("\"", .unexpectedEnd, 1), ("\"a", .unexpectedEnd, 2), ("\"\\", .unexpectedEnd, 2), ("\"\\x\"", .badEscape, 1),
        ("\"\\u12\"", .badEscape, 1), ("\"\\u123G\"", .badEscape, 1), ("\"\\u\"", .badEscape, 1), ("\"\\u12", .unexpectedEnd, 5),
        ("\"a\tb\"", .controlCharacter, 2), ("\"a\u{0}b\"", .controlCharacter, 2), ("\"a\nb and more behind it\"", .controlCharacter, 2),
        ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\udc00\"", .loneSurrogate, 1), ("\"\\ud800\\ud800\"", .loneSurrogate, 1),
        ("\"\\ud800x\\udc00\"", .loneSurrogate, 1), ("\"\\uD800\\n\"", .loneSurrogate, 1), ("\u{0}", .unexpectedByte, 0), ("1\u{0}", .trailingText, 1),
        ("\u{A0}1", .unexpectedByte, 0), ("[1\u{B}]", .unexpectedByte, 2), ("[1\u{C},2]", .unexpectedByte, 2),
        ("{\"a\":1,\"a\":2}", .duplicateKey, 7), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 7), ("{\"\\u0061\":1,\"a\":2}", .duplicateKey, 12),
        ("{\"\":1,\"\":2}", .duplicateKey, 6), ("[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]", .duplicateKey, 19),
        ("{\"\u{E9}\":1,\"\\u00e9\":2}", .duplicateKey, 8), ("{\"\\ud83d\\ude00\":1,\"\u{1F600}\":2}", .duplicateKey, 18),
    ] as [(String, JSONRefusal.Reason, Int)])
    func refuses(_ text: String, _ reason: JSONRefusal.Reason, _ offset: Int) {
        #expect(refusal(text.utf8) == JSONRefusal(reason, at: offset))
    }

    @Test("Bytes in a string that are no UTF-8, at every distance from the end", arguments: [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE1, 0x80],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ] as [[UInt8]])
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        for length in 0..<20 {
            let behind = [UInt8](repeating: 0x61, count: length)
            #expect(refusal([0x22] + bytes + behind + [0x22])?.reason == .badUTF8)
            #expect(refusal([0x22] + behind + bytes + [0x22])?.reason == .badUTF8)
            let valid = Array("é漢😀".utf8)
            #expect(refusal([0x22] + valid + behind + bytes + [0x22])?.reason == .badUTF8)
        }
    }

    @Test("Valid characters at every distance from the end")
    func acceptsCharactersAnywhere() throws {
        for character in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "\\n", "\\u00e9"] {
            for before in 0..<20 {
                for after in 0..<10 {
                    let text = "\"" + String(repeating: "a", count: before) + character + String(repeating: "b", count: after) + "\""
                    #expect(try minified(text.utf8) == Array(text.utf8))
                }
            }
        }
    }

    @Test("Nesting is allowed to 512 and refused beyond, however deep it goes on", arguments: [(512, true), (513, false), (1_000_000, false)])
    func depth(_ depth: Int, _ isAllowed: Bool) {
        let arrays = [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
        #expect(refusal(arrays) == (isAllowed ? nil : JSONRefusal(.tooDeep, at: 512)))
        let objects = Array(String(repeating: "{\"a\":", count: depth).utf8) + [0x31] + [UInt8](repeating: 0x7D, count: depth)
        #expect(refusal(objects) == (isAllowed ? nil : JSONRefusal(.tooDeep, at: 512 * 5)))
    }

    @Test("A duplicate among many keys is found, wherever it is", arguments: [2, 8, 9, 10, 24, 25, 100, 1000])
    func duplicateAmongMany(_ count: Int) {
        let keys = (0..<count).map { "\"k\($0)\":[{\"x\":\($0)}]" }
        #expect(refusal("{\(keys.joined(separator: ","))}".utf8) == nil)
        for duplicate in Set([0, count / 2, count - 1]) {
            #expect(refusal("{\(keys.joined(separator: ",")),\"k\(duplicate)\":0}".utf8)?.reason == .duplicateKey)
        }
    }

    @Test("Among very many keys, the first that stands twice is named")
    func duplicateInPile() {
        let many = (0..<100_000).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(refusal("{\(many)}".utf8) == nil)
        for duplicate in ["k0", "k70000", "k99999", "k\\u0037"] {
            #expect(refusal("{\(many),\"x\":0,\"\(duplicate)\":1,\"x\":2}".utf8) == JSONRefusal(.duplicateKey, at: many.utf8.count + 8))
        }
        let first = "{\"\\u006b5\":1,"
        #expect(refusal("\(first)\(many)}".utf8) == JSONRefusal(.duplicateKey, at: first.utf8.count + 5 * "\"k0\":0,".utf8.count))
    }

    @Test("Very many keys leave those of the objects around them alone")
    func pilesInsideObjects() {
        let pile = "{\((0..<100_000).map { "\"k\($0)\":0" }.joined(separator: ","))}"
        #expect(refusal("{\"k1\":\(pile),\"k2\":[\(pile)],\"k3\":{\"k1\":\(pile)}}".utf8) == nil)
        let text = "{\"k1\":\(pile),\"k2\":1,"
        #expect(refusal("\(text)\"k1\":2}".utf8) == JSONRefusal(.duplicateKey, at: text.utf8.count))
        let inner = "\(pile.dropLast()),\"in\":{\"k1\":\(pile)},"
        #expect(refusal("\(inner)\"k1\":2}".utf8) == JSONRefusal(.duplicateKey, at: inner.utf8.count))
    }

    @Test("Large objects inside large objects keep their keys apart")
    func nestedTables() {
        func object(_ depth: Int) -> String {
            let members = (0..<40).map { "\"k\($0)\":\($0 == 20 && depth > 0 ? object(depth - 1) : "\($0)")" }
            return "{\(members.joined(separator: ","))}"
        }
        #expect(refusal(object(20).utf8) == nil)
        #expect(refusal("\(object(20).dropLast()),\"k39\":0}".utf8)?.reason == .duplicateKey)
    }

    @Test("White space runs of every length around runs of every length")
    func minifiesRuns() throws {
        for length in 0..<100 {
            let space = String(repeating: " ", count: length), word = String(repeating: "x", count: length)
            let text = "\(space)[\(space)\"\(word)\",\(space)\n\(length)\t]\(space)"
            #expect(try minified(text.utf8) == Array("[\"\(word)\",\(length)]".utf8))
        }
        let large = String(repeating: "y", count: 200_000)
        #expect(try minified("[ \"\(large)\" , \"\(large)\" ]".utf8) == Array("[\"\(large)\",\"\(large)\"]".utf8))
    }

    @Test("Hostile texts take time in proportion to their length")
    func hostile() throws {
        let keys = "{" + (0..<200_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try minified(keys.utf8).count == keys.utf8.count)
        let ones = "[" + String(repeating: "1,", count: 500_000) + "1]"
        #expect(try minified(ones.utf8).count == ones.utf8.count)
        let spaces = String(repeating: " ", count: 1_000_000)
        #expect(try minified("\(spaces)1\(spaces)".utf8) == [0x31])
        let escaped = "{" + (0..<20_000).map { "\"\\u0061\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try minified(escaped.utf8).count == escaped.utf8.count)
    }

    @Test("Pieces come in order and are few")
    func pieces() throws {
        let text = Array(("[ " + String(repeating: "\"0123456789\" , ", count: 50_000) + "0 ]").utf8)
        var count = 0, bytes: [UInt8] = []
        let kind = try text.withUnsafeBytes { try JSONMinifier.minify($0) { bytes += $0; count += 1 } }
        #expect(kind == .array)
        #expect(bytes == text.filter { $0 != 0x20 })
        #expect(count <= bytes.count / 32768 + 1)
    }

    struct Stop: Error {}

    @Test("What the sink throws comes out")
    func sinkThrows() {
        #expect(throws: Stop.self) { try Array("[1]".utf8).withUnsafeBytes { try JSONMinifier.minify($0) { _ in throw Stop() } } }
    }
}
