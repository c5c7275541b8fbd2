import JSONText
import Testing

@Suite struct JSONWriterTests {
    private func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }

    @Test(arguments: [
        (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-12, "-12"), (.int(.max), "9223372036854775807"), (.int(.min), "-9223372036854775808"),
        (125.5, "125.5"), (10.0, "10"), (-0.0, "0"), (0.1, "0.1"), (1e15, "1000000000000000"), (9007199254740992.0, "9007199254740992"), (1e16, "1e+16"),
        (1e-7, "1e-07"), (.double(.leastNonzeroMagnitude), "5e-324"), (.double(.greatestFiniteMagnitude), "1.7976931348623157e+308"), (.double(1.0 / 3), "0.3333333333333333"),
        (.double(.nan), "null"), (.double(.infinity), "null"), (.double(-.infinity), "null"),
        ("", "\"\""), ("a", "\"a\""), ([], "[]"), ([1, [], "a"], "[1,[],\"a\"]"), ([:], "{}"),
        (["b": 1, "a": [:], "b": nil], "{\"b\":1,\"a\":{},\"b\":null}"),
        (JSONValue(Int?.none), "null"), (JSONValue(12), "12"), (JSONValue(Double?.none), "null"), (JSONValue(String?.none), "null"),
    ] as [(JSONValue, String)])
    func values(_ value: JSONValue, _ expected: String) {
        #expect(text(value) == expected)
    }

    @Test(arguments: [
        ("http://a/b", "http://a/b"), ("\"\\", "\\\"\\\\"), ("\n\r\t\u{8}\u{C}", "\\n\\r\\t\\b\\f"), ("\r\n", "\\r\\n"),
        ("\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}", "\\u0000\\u0001\\u000f\\u0010\\u001f\\u007f"), ("\u{80}\u{A0}", "\u{80}\u{A0}"),
        ("a\u{2028}b\u{2029}", "a\\u2028b\\u2029"), ("\u{2027}\u{202A}\u{20A8}", "\u{2027}\u{202A}\u{20A8}"),
        ("é e\u{301} 中文 😀 \u{FFFD}", "é e\u{301} 中文 😀 \u{FFFD}"), ("</script>", "</script>"), ("\u{10FFFF}", "\u{10FFFF}"),
    ])
    func strings(_ string: String, _ expected: String) {
        #expect(text(.string(string)).utf8.elementsEqual("\"\(expected)\"".utf8))
        #expect(text(JSONValue.object([(string, JSONValue.int(1))])).utf8.elementsEqual("{\"\(expected)\":1}".utf8))
    }

    @Test func doublesReadBackAsTheyWere() {
        var state: UInt64 = 1
        for _ in 0..<2_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(bitPattern: state)
            guard number.isFinite else { continue }
            #expect(Double(text(.double(number))) == number)
        }
    }

    @Test func equalValuesAreWrittenAlike() {
        #expect(JSONValue.object([("a", 1)]) == ["a": 1])
        #expect(JSONValue.object([("a", 1), ("b", 2)]) != ["b": 2, "a": 1])
    }
}
