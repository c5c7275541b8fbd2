// Requests are cut, not parsed: members by name, their kinds, and the content minified in the same pass.

import JSONText
import Testing

struct ScannerSlicesTests {
    private func cut<Result>(_ text: String, _ body: (JSONObjectSlices) throws -> Result) throws -> Result {
        try Array(text.utf8).withUnsafeBytes { try body(JSONObjectSlices($0)) }
    }

    @Test("Members are found by their unescaped name")
    func members() throws {
        try cut(#" { "file_key" : "a\n\u00e9\ud83d\ude00" , "\u0064evice" : 12 , "yes":true,"no":false,"nil":null, "o":{"file_key":2}, "l":[ 1 ] } "#) {
            #expect($0["file_key"]?.string == "a\né😀")
            #expect($0["device"]?.int == 12)
            #expect($0["yes"]?.bool == true)
            #expect($0["no"]?.bool == false)
            #expect($0["nil"]?.kind == .null)
            #expect($0["o"]?.kind == .object)
            #expect($0["l"].map { String(decoding: $0.bytes, as: UTF8.self) } == "[ 1 ]")
            #expect($0["missing"] == nil)
            #expect($0["file_key"]?.int == nil)
            #expect($0["device"]?.string == nil)
        }
    }

    @Test("Whole numbers only", arguments: [
        ("0", 0), ("-7", -7), ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil), ("\"1\"", nil),
        ("-0", 0), ("123456789012345678901234567890", nil),
    ] as [(String, Int?)])
    func int(_ text: String, _ expected: Int?) throws {
        try cut("{\"n\":\(text)}") { #expect($0["n"]?.int == expected) }
    }

    @Test("Requests that are refused", arguments: [
        ("[]", .notAnObject, 0), ("1", .notAnObject, 0), (" \"a\"", .notAnObject, 1), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 7),
        ("{\"a\":1", .unexpectedEnd, 6), ("{\"content\":{\"x\":1,\"x\":2}}", .duplicateKey, 18), ("", .empty, 0),
    ] as [(String, JSONRefusal.Reason, Int)])
    func refuses(_ text: String, _ reason: JSONRefusal.Reason, _ offset: Int) {
        #expect(throws: JSONRefusal(reason, at: offset)) { try cut(text) { _ in } }
    }

    @Test("A request has at most a thousand members")
    func memberLimit() throws {
        func request(_ count: Int) -> String { "{" + (0..<count).map { "\"\($0)\":\($0)" }.joined(separator: ",") + "}" }
        try cut(request(1000)) { #expect($0["999"]?.int == 999) }
        #expect { try cut(request(1001)) { _ in } } throws: { ($0 as? JSONRefusal)?.reason == .tooManyMembers }
    }

    @Test("The content is as deep as a document may be, and no deeper", arguments: [(512, true), (513, false)])
    func contentDepth(_ depth: Int, _ isAllowed: Bool) throws {
        let text = "{\"content\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        var refused: JSONRefusal?
        do { try cut(text) { _ in } } catch let refusal as JSONRefusal { refused = refusal }
        #expect(refused?.reason == (isAllowed ? nil : .tooDeep))
    }

    @Test("The member to be minified comes out in the same pass; a string does not", arguments: [
        (#"{"file_key":"k", "content": { "a" : [ 1 , 2 ] } , "x" : [ 3 ]}"#, #"{"a":[1,2]}"#), (#"{"content" :  12 }"#, "12"),
        (#"{"content":"{ \"a\" : 1 }"}"#, ""), (#"{"content":[]}"#, "[]"), (#"{"x":{"content": [ 1 ]}}"#, ""), (#"{"\u0063ontent": [ 1 ]}"#, "[1]"),
    ])
    func minifies(_ text: String, _ expected: String) throws {
        var bytes: [UInt8] = []
        _ = try Array(text.utf8).withUnsafeBytes { try JSONObjectSlices($0, minifying: "content") { bytes += $0 } }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("A content of many pieces is all there")
    func manyPieces() throws {
        let content = "[ " + String(repeating: "\"0123456789\" , ", count: 20_000) + "\"\(String(repeating: "z", count: 100_000))\" ]"
        var bytes: [UInt8] = []
        _ = try Array("{ \"content\" : \(content) , \"b\" : \"c d\" }".utf8).withUnsafeBytes {
            try JSONObjectSlices($0, minifying: "content") { bytes += $0 }
        }
        #expect(bytes == content.utf8.filter { $0 != 0x20 })
    }

    @Test("Escapes are undone, into pieces or in place", arguments: [
        (#""""#, ""), (#""plain é""#, "plain é"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u6f22\uD83D\uDE00\u0000""#, "Aé漢😀\u{0}"),
        (#""{\"a\":[1,\"\\n\"]}""#, #"{"a":[1,"\n"]}"#),
    ])
    func unescapes(_ string: String, _ expected: String) {
        var bytes = Array(string.utf8), pieces: [UInt8] = []
        bytes.withUnsafeBytes { JSONUnescape.unescape($0) { pieces += $0 } }
        #expect(pieces == Array(expected.utf8))
        let count = bytes.withUnsafeMutableBytes { JSONUnescape.unescape(UnsafeRawBufferPointer($0), into: $0) }
        #expect(Array(bytes[..<count]) == pieces)
    }

    @Test("A long string of escapes crosses the pieces anywhere")
    func longUnescape() {
        for shift in 0..<8 {
            let string = Array(("\"" + String(repeating: "x", count: shift) + String(repeating: #"\ud83d\ude00é\n"#, count: 20_000) + "\"").utf8)
            var pieces: [UInt8] = []
            string.withUnsafeBytes { JSONUnescape.unescape($0) { pieces += $0 } }
            #expect(pieces == Array((String(repeating: "x", count: shift) + String(repeating: "😀é\n", count: 20_000)).utf8))
        }
    }
}
