// JSON as people read it, and where its errors are.

import JSONText
import Testing

struct IndenterTests {
    private func indented(_ text: String, limit: Int = 10_000, pieces: Int = 3) -> (text: String, isCut: Bool) {
        var indenter = JSONIndenter(limit: limit)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            bytes[start..<min(start + pieces, bytes.count)].withUnsafeBytes { indenter.add($0) }
        }
        return (String(decoding: indenter.text, as: UTF8.self), indenter.isCut)
    }

    @Test("Indentation", arguments: [
        ("1", "1"), ("{}", "{}"), ("[[],{}]", "[\n  [],\n  {}\n]"), (#"{"a":[1,2],"b":"x"}"#, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": \"x\"\n}"),
        (#"["{[,:]}","\"","\\",1.10,9007199254740993,-0,1E5]"#, "[\n  \"{[,:]}\",\n  \"\\\"\",\n  \"\\\\\",\n  1.10,\n  9007199254740993,\n  -0,\n  1E5\n]"),
    ])
    func indentation(_ text: String, _ expected: String) {
        for pieces in 1...4 { #expect(indented(text, pieces: pieces).text == expected) }
    }

    /// Without its white space it is the same text.
    @Test func nothingElseChanges() throws {
        let text = #"{"é":[1.0,1.10,1e+2,"\u00e9 \/ \n"],"图":{"":null,"x":[{},[],[[]]]}}"#
        let whole = Array(indented(text).text.utf8)
        #expect(try whole.withUnsafeBytes { try JSONMinifier.minified($0) } == Array(text.utf8))
    }

    @Test func theLimit() {
        let (text, isCut) = indented(#"{"a":[1,2,3]}"#, limit: 10)
        #expect(text == "{\n  \"a\": [" && isCut)
        #expect(!indented("[1]", limit: 7).isCut && indented("[1]", limit: 6).isCut)
        let deep = String(repeating: "[", count: 512)
        #expect(indented(deep, limit: 1_000).text.utf8.count == 1_000)
    }

    @Test("Lines and columns", arguments: [
        ("", 1, 1), ("[1,]", 1, 4), ("{\n  \"a\": 1,\n  \"图\": tru\n}", 3, 11), ("{\r\n\"a\":01}", 2, 6), ("[\"图图\",x]", 1, 7), ("{\"a\":1,\n\"a\":2}", 2, 1), ("[1\n\n", 3, 1),
    ])
    func places(_ text: String, _ line: Int, _ column: Int) throws {
        let bytes = Array(text.utf8)
        let refusal = #expect(throws: JSONRefusal.self) { try bytes.withUnsafeBytes { _ = try JSONMinifier.minified($0) } }
        let place = try #require(bytes.withUnsafeBytes { refusal?.place(in: $0) })
        #expect(place.line == line && place.column == column, "\(place)")
    }
}
