import Testing

@testable import HTTP

@Suite struct HeaderValueTests {
    private func shown(_ text: String) -> [String] {
        let value = HeaderValue(Bytes(text.utf8))
        return [value.value] + ["a", "b"].flatMap { name in value.all(name).map { "\(name)=\(String(decoding: $0, as: UTF8.self))" } }
    }

    @Test(arguments: [
        ("", [""]), ("text/html", ["text/html"]), ("  text/html\t", ["text/html"]), ("v;", ["v"]), (";a=1", ["", "a=1"]),
        ("v;a=1;b=2", ["v", "a=1", "b=2"]), ("v; A=1 ; B = \"2\" x ; c", ["v", "a=1", "b=2"]), ("v; a=1; a=2", ["v", "a=1", "a=2"]),
        ("v; a=\"1;2\"; b=\"=\"", ["v", "a=1;2", "b=="]), ("v; a=\"\\\"\"; b=1", ["v", "a=\"", "b=1"]), ("v; a=\"x\\\"; b=1", ["v", "a=x\\", "b=1"]),
        ("v; a=\"c:\\d\\\\e\"", ["v", "a=c:\\d\\\\e"]), ("v; a=\"1", ["v", "a=1"]), ("v; a=", ["v", "a="]), ("v; a=\"\"", ["v", "a="]),
        ("v; a; b=2", ["v", "b=2"]), ("v;;;a=1", ["v", "a=1"]), ("v; a==;b", ["v", "a=="]),
    ] as [(String, [String])])
    func values(_ text: String, _ expected: [String]) {
        #expect(shown(text) == expected)
    }
}
