import Testing

@testable import HTTP

@Suite struct HeadersTests {
    @Test func fieldsKeepTheirOrderAndAreReplacedInAnyCase() {
        var headers = Headers()
        headers.set("B", "1")
        headers.set("A", "2")
        headers.set("b", "3")
        #expect(headers.text == "B: 3\r\nA: 2\r\n")
        #expect(headers["a"] == "2" && headers["X"] == nil)
    }

    @Test func cookiesStandBesideOneAnother() {
        var headers = Headers()
        headers.add("Set-Cookie", "a=1")
        headers.add("Set-Cookie", "b=2\r\nX: y")
        #expect(headers.text == "Set-Cookie: a=1\r\nSet-Cookie: b=2X: y\r\n")
    }

    @Test(arguments: [
        ("plain", "plain"), ("中", "中"), ("a\r\nSet-Cookie: x=1", "aSet-Cookie: x=1"), ("a\nb", "ab"), ("a\rb", "ab"), ("a\u{0}b", "ab"),
        ("a\u{7F}\tb", "ab"), ("\r\n\r\n<script>", "<script>"), ("", ""),
    ])
    func noValueCanEndALine(_ value: String, _ written: String) {
        var headers = Headers()
        headers.set("X", value)
        #expect(headers["X"] == written)
        #expect(headers.text == "X: \(written)\r\n")
    }
}
