import Accounts
import Testing

@Suite struct ScopeTests {
    @Test(arguments: [
        ("upload", "upload"), ("json,upload", "upload,json"), ("read,read", "read"), ("upload,read,json", "upload,read,json"), ("metrics,json", "json,metrics"),
    ])
    func storedForm(text: String, kept: String) { #expect(Set<Scope>(text: text)?.text == kept) }

    @Test(arguments: ["", ",", "upload,", "Upload", "upload, read", "admin", "upload,admin"])
    func whatIsNoScope(text: String) { #expect(Set<Scope>(text: text) == nil) }
}
