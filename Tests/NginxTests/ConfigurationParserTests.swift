import Testing

@testable import Nginx

@Suite struct ConfigurationParserTests {
    private func texts(_ text: String) throws -> [String] { try ConfigurationParser.directives(Array(text.utf8), of: "/f").map(\.text) }

    @Test(arguments: [
        ("a;b  c ;", ["a;", "b c;"]),
        ("a { b; c { d; } } # e { ;\nf;", ["a { b; c { d; } }", "f;"]),
        ("server{listen 80;}", ["server { listen 80; }"]),
        ("location ~ \\.well-known{ allow all; }", ["location ~ \\.well-known { allow all; }"]),
        ("a ${b}c \"{;}#\" 'it''s';", ["a ${b}c \"{;}#\" 'it' 's';"]),
        ("a \\; \\{ b\\\"c;", ["a \\; \\{ b\\\"c;"]),
        ("if ($uri ~ \"x\") { return 404; }", ["if ($uri ~ \"x\" ) { return 404; }"]),
        ("a#b;", ["a#b;"]),
        ("types {}", ["types { }"]),
        ("content_by_lua_block { ngx.say({1; 2}) } a;", ["content_by_lua_block { ngx.say({1; 2}) }", "a;"]),
        ("", []),
    ]) func whatIsWritten(_ text: String, _ expected: [String]) throws {
        #expect(try texts(text) == expected)
    }

    @Test(arguments: ["a", "a {", "}", ";", "{}", "a \"b;", "a { b }", "a_by_lua_block { {", String(repeating: "a { ", count: 40)])
    func whatIsNone(_ text: String) {
        #expect(throws: ConfigurationError.self) { try texts(text) }
    }

    @Test func whereItIsNone() {
        #expect(throws: ConfigurationError(file: "/f", line: 3)) { try texts("a;\nb;\n}") }
    }

    @Test(arguments: [
        ("a", "a"), ("\"a b\"", "a b"), ("'a'", "a"), (#"\.jpg"#, #"\.jpg"#), (#""a\"b""#, #"a"b"#), (#"a\\b"#, #"a\b"#), (#"a\tb"#, "a\tb"), ("\"", "\""),
    ]) func whatAWordMeans(_ word: String, _ value: String) { #expect(Directive.value(of: word) == value) }

    /// A comment in GBK has bytes that are a brace or a backslash for themselves, and no UTF-8.
    @Test func bytesThatAreNoUTF8() throws {
        let bytes = Array("a; # ".utf8) + [0xC4, 0x7B, 0x81, 0x5C, 0xFF, 10] + Array("b;".utf8)
        let found = try ConfigurationParser.directives(bytes, of: "/f")
        #expect(found.map(\.text) == ["a;", "b;"] && found[1].bytes == 11..<13)
    }
}
