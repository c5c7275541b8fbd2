// The tree of a document: where its values are, and which of them are equal.

import JSONText
import Testing

struct TreeTests {
    private func tree(_ text: String, limit: Int = 1000) throws -> JSONTree? { try JSONTree.build(HeldText(text.utf8), nodeLimit: limit) }

    private func hash(_ text: String) throws -> UInt64 { try #require(try tree(text)).hash(0) }

    @Test("Nodes stand in the order of the text")
    func nodes() throws {
        let tree = try #require(try tree(#"{"a":[1,{"b":"x"},[]],"é":null}"#))
        #expect(tree.count == 7)
        let members = tree.children(0)
        #expect(members.map { String(decoding: tree.key($0), as: UTF8.self) } == ["a", "é"])
        #expect(members.map(tree.kind) == [.array, .null])
        let elements = tree.children(members[0])
        #expect(elements.map { String(decoding: tree.slice($0).bytes, as: UTF8.self) } == ["1", #"{"b":"x"}"#, "[]"])
        #expect(tree.childCount(elements[2]) == 0)
        #expect(tree.keyHash(members[1]) == JSONTree.keyHash(of: Array("é".utf8)))
    }

    @Test("Equal values", arguments: [
        (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), (#"{"a":1}"#, #"{"\u0061":1}"#), ("[[]]", "[[]]"), (#"[{"x":{"a":1,"b":[]}}]"#, #"[{"x":{"b":[],"a":1}}]"#),
    ])
    func equal(_ one: String, _ other: String) throws {
        #expect(try hash(one) == hash(other))
    }

    @Test("Different values", arguments: [
        ("1", "1.0"), ("1.10", "1.1"), ("9007199254740993", "9007199254740992"), (#""é""#, #""\u00e9""#), ("[1,2]", "[2,1]"), ("[]", "{}"), ("[]", "[[]]"),
        ("[1,[2]]", "[[1],2]"), (#"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#), ("null", "\"null\""), ("1", "\"1\""), ("{\"\u{E9}\":1}", "{\"e\u{301}\":1}"),
        (#"{"a":{"b":1}}"#, #"{"b":{"a":1}}"#), ("0", "-0"), ("[null]", "[]"), (#"[{"a":1},{}]"#, #"[{},{"a":1}]"#),
    ])
    func different(_ one: String, _ other: String) throws {
        #expect(try hash(one) != hash(other))
    }

    @Test("A document over the limit has no tree; one with white space is refused")
    func limits() throws {
        #expect(try tree("[1,2,3]", limit: 4) != nil)
        #expect(try tree("[1,2,3]", limit: 3) == nil)
        #expect(throws: JSONRefusal(.notMinified, at: 3)) { try tree("[1, 2]") }
        #expect(throws: JSONRefusal(.unexpectedEnd, at: 1)) { try tree("[") }
    }
}
