// Where signing in leads: never to another site.

@testable import Pages
import Settings
import Testing

@Suite struct OwnPathTests {
    private let site = BaseURL("https://img.example.org")!
    private let below = BaseURL("https://example.org/pics")!

    @Test(arguments: ["/", "/app/list.php", "/app/list.php?date=2025/07/04/", "/app/info.php?img=/uploads/a%20b.jpg#x", "/a/?next=//evil", "/%2F%2Fevil"])
    func pathsOfThisSite(path: String) { #expect(OwnPath(back: path, of: site).text == path) }

    @Test(arguments: [
        nil, "", "app", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
        "\t//evil.example", " /app", "/a b", "https://evil.example", "https:evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "/\0", "/\u{7F}",
        "/假日", "/a/../..//evil.example", "/./a", "/%2e%2E/a", "/a/.%2e/b", "?x", "#x", "/" + String(repeating: "a", count: 2_000),
    ] as [String?])
    func everythingElseLeadsHome(path: String?) {
        #expect(OwnPath(back: path, of: site).text == "/")
        #expect(OwnPath(back: path, of: below).text == "/pics/")
    }

    /// A browser sends nothing of the fragment.
    @Test(arguments: [
        ("/", "/?did=x&done=1"), ("/a?b=1", "/a?b=1&did=x&done=1"), ("/a#f7", "/a?did=x&done=1#f7"), ("/a?b=1#f7?c", "/a?b=1&did=x&done=1#f7?c"),
        ("/a#f7?c", "/a?did=x&done=1#f7?c"), ("/a#", "/a?did=x&done=1#"), ("/" + String(repeating: "a", count: 1_999), "/" + String(repeating: "a", count: 1_999)),
    ]) func parametersStandBeforeTheFragment(path: String, expected: String) {
        #expect(OwnPath(back: path, of: site).adding("did=x&done=1", of: site).text == expected)
    }

    @Test(arguments: [("/pics/", "/pics/"), ("/pics/app/list.php", "/pics/app/list.php"), ("/pics", "/pics/"), ("/picsx/", "/pics/"), ("/", "/pics/"),
                      ("/pics/../other", "/pics/"), ("//pics/", "/pics/")])
    func onlyBelowThePrefix(path: String, expected: String) { #expect(OwnPath(back: path, of: below).text == expected) }
}
