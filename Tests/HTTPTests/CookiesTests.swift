import HTTP
import Testing

@Suite struct CookiesTests {
    @Test(arguments: [
        ("", nil), ("s=1", "1"), ("a=2; s=1", "1"), ("a=2;s=1;b=3", "1"), ("s=1; s=2", "1"), (" s = 1 ", "1"), ("s=\"1\"", "1"), ("s=\"", "\""),
        ("s=", ""), ("s", nil), ("S=1", nil), ("s=a=b", "a=b"), ("s=%20", "%20"), ("; ;s=1", "1"), ("xs=1", nil),
    ] as [(String, String?)])
    func values(_ header: String, _ value: String?) {
        #expect(Cookies(header).first("s") == value)
        #expect(Request(parameters: ["HTTP_COOKIE": header], body: PiecewiseBody("")).cookies.first("s") == value)
    }

    @Test func whatIsOverTheLimitsIsNotLookedAt() {
        #expect(Cookies((0..<100).map { "c\($0)=1" }.joined(separator: "; ")).first("c64") == nil)
        #expect(Cookies("a=" + String(repeating: "x", count: 20_000) + "; s=1").first("s") == nil)
    }
}
