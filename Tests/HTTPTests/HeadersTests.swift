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
