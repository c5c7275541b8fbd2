import Settings
import Testing

@Suite struct BaseURLTests {
    @Test(arguments: [
        ("http://localhost", "http://localhost", ""),
        ("HTTPS://Img.Example.org/", "https://img.example.org", ""),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ("http://[::1]:8080/a", "http://[::1]:8080/a", "/a"),
        ("https://example.org/pictures//", "https://example.org/pictures", "/pictures"),
        ("https://example.org:65535/A_b-c/d.e", "https://example.org:65535/A_b-c/d.e", "/A_b-c/d.e"),
    ])
    func addresses(given: String, text: String, prefix: String) {
        #expect(BaseURL(given)?.text == text)
        #expect(BaseURL(given)?.pathPrefix == prefix)
        #expect(BaseURL(given)?.isSecure == text.hasPrefix("https"))
    }

    @Test(arguments: [
        "", "http://", "http:///a", "ftp://example.org", "//example.org", "example.org", "http://user@example.org",
        "http://example.org:0", "http://example.org:65536", "http://example.org:", "http://example.org:8a", "http://a b",
        "http://example.org/a//b", "http://example.org/../x", "http://example.org/.", "http://example.org/?a",
        "http://example.org#x", "http://example.org/a\"b", "http://example.org/a'b", "http://example.org/a;b", "http://exam\r\nple.org", "http://é.org",
        "http://..", "http://-a.org", "http://[", "http://[]", "http://[::1", "http://[::1]x", "javascript:alert(1)",
        "http://\(String(repeating: "a", count: 300)).org", "http://e\u{301}.org", "http://example.org/a\u{301}",
    ])
    func whatIsNoAddress(given: String) { #expect(BaseURL(given) == nil) }
}
