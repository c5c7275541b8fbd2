import Accounts
import Database
import Testing

@Suite struct KeysTests {
    @Test func aKeyIsSeenOnceAndKeptAsItsDigest() throws {
        let site = try Site.withAnna()
        let (key, record) = try site.accounts.createKey(of: "anna", name: "phone", scopes: [.upload], expiresAt: site.time + 60)
        #expect(key.hasPrefix("ib_") && key.utf8.count == 46)
        #expect(key.hasPrefix(record.prefix) && record.prefix.utf8.count == 9)
        #expect(record.account == "anna" && record.name == "phone" && record.scopes == [.upload])
        #expect(record.createdAt == site.time && record.expiresAt == site.time + 60)
        #expect(record.lastUsedAt == nil && record.revokedAt == nil)
        #expect(try site.database.first("SELECT hash FROM api_key") { $0.blob(0).count } == 32)
        #expect(try site.databases.rows(of: "api_key").allSatisfy { !$0.contains(key) })
    }

    @Test func keysAreListedByAccount() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        for (owner, name) in [("anna", "one"), ("bob", "two"), ("Anna", "three")] {
            _ = try site.accounts.createKey(of: owner, name: name, scopes: [.read, .json])
        }
        #expect(try site.accounts.keys().map(\.name) == ["one", "two", "three"])
        #expect(try site.accounts.keys(of: "anna").map(\.name) == ["one", "three"])
        #expect(throws: AccountsError.noAccount("eve")) { try site.accounts.keys(of: "eve") }
    }

    @Test func revokingTwiceKeepsTheFirstTime() throws {
        let site = try Site.withAnna()
        let id = try site.accounts.createKey(of: "anna", name: "phone", scopes: [.upload]).record.id
        let first = site.time
        #expect(try site.accounts.revokeKey(id).revokedAt == first)
        site.time += 100
        #expect(try site.accounts.revokeKey(id).revokedAt == first)
        #expect(throws: AccountsError.noKey(id + 1)) { try site.accounts.revokeKey(id + 1) }
    }

    @Test(arguments: ["", "a\nb", String(repeating: "x", count: 101), "   ", "\u{200B}", "\u{3000}\u{2060}", "a\u{202E}b", "a\u{2028}b", "a\u{2069}",
                      "\u{3164}"])
    func namesThatCannotBe(name: String) throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.badKeyName) { try site.accounts.createKey(of: "anna", name: name, scopes: [.upload]) }
    }

    @Test(arguments: ["我的网站", " a b ", "👩\u{200D}💻", "مفتاح", "-"]) func namesThatCanBe(name: String) throws {
        let site = try Site.withAnna()
        #expect(try site.accounts.createKey(of: "anna", name: name, scopes: [.upload]).record.name == name)
    }

    @Test func aKeyNeedsAnAccountAndAScope() throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.noAccount("eve")) { try site.accounts.createKey(of: "eve", name: "x", scopes: [.upload]) }
        #expect(throws: AccountsError.noScope) { try site.accounts.createKey(of: "anna", name: "x", scopes: []) }
    }
}
