import Accounts
import Testing

@Suite struct AccountNameTests {
    @Test(arguments: ["a", "Anna", "anna.b-c_d@example.org", "007", String(repeating: "x", count: 64)])
    func names(text: String) { #expect(AccountName(text)?.text == text) }

    @Test(arguments: [
        "", ".a", "-a", "a b", "a/b", "a\n", "é", "a\u{301}", "a'", "a\0", "\u{202e}a", String(repeating: "x", count: 65),
    ])
    func whatIsNoName(text: String) { #expect(AccountName(text) == nil) }
}
