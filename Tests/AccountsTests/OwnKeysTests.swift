@testable import Accounts
import Database
import SiteTestSupport
import Testing

@Suite struct OwnKeysTests {
    private let site: Site
    private static let once = FormOnce("abcdefghijklmnopqrstuv")!

    init() throws {
        site = try Site.withAnna()
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .admin)
    }

    private func bob() throws -> Account { try #require(try site.accounts.account(named: "bob")) }

    private func create(_ account: Account, _ once: FormOnce = once, name: String = "我的网站", _ scopes: Set<Scope> = [.upload], days: Int? = nil)
        throws -> KeyCreation {
        try site.accounts.createKey(of: account, once: once, name: name, scopes: scopes, expiresAt: days.map { site.time + $0 * 86_400 })
    }

    /// The id of a key that was made.
    private func made(_ account: Account, _ once: FormOnce = .make(), name: String = "key", days: Int? = nil) throws -> Int {
        guard case .made(_, let record) = try create(account, once, name: name, days: days) else { throw AccountsError.noScope }
        return record.id
    }

    @Test func aFormMakesOneKey() throws {
        guard case .made(let key, let record) = try create(site.anna(), days: 7) else {
            Issue.record("not made")
            return
        }
        #expect(record.name == "我的网站" && record.expiresAt == site.time + 7 * 86_400 && key.hasPrefix(record.prefix))
        for _ in 0..<2 {
            guard case .alreadyMade(let again) = try create(site.anna(), name: "other") else {
                Issue.record("made twice")
                return
            }
            #expect(again.id == record.id && again.name == "我的网站")
        }
        #expect(try site.accounts.keys(of: site.anna()).map(\.id) == [record.id])
        guard case .made = try create(bob()) else {
            Issue.record("the same value in a form of somebody else is another form")
            return
        }
    }

    /// Two processes, each with a connection of its own: the second waits for the transaction of the first, and finds its form.
    @Test func twoProcessesMakeOneKey() throws {
        let databases = try TestDatabase()
        let both = try [Accounts(database: databases.connection), Accounts(database: databases.another())]
        let anna = try both[0].add(AccountName("anna")!, password: "correct horse", role: .user)
        let outcomes = try both.map { try $0.createKey(of: anna, once: Self.once, name: "x", scopes: [.upload], expiresAt: nil) }
        guard case .made = outcomes[0], case .alreadyMade = outcomes[1] else {
            Issue.record("\(outcomes)")
            return
        }
    }

    @Test func aFormIsForgottenAfterADay() throws {
        _ = try create(site.anna())
        site.time += 86_400
        guard case .made = try create(site.anna()) else {
            Issue.record("still known")
            return
        }
    }

    @Test(arguments: ["", "short", "abcdefghijklmnop!", "abcdefghijklmno\0", String(repeating: "x", count: 65), "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐ"])
    func whatIsNoValueOfAForm(text: String) { #expect(FormOnce(text) == nil) }

    @Test func formsDiffer() { #expect(FormOnce.make().text != FormOnce.make().text && FormOnce(FormOnce.make().text) != nil) }

    @Test func aRefusedFormMayBeSentAgain() throws {
        #expect(throws: AccountsError.badKeyName) { try create(site.anna(), name: "a\nb") }
        #expect(throws: AccountsError.noScope) { try create(site.anna(), Self.once, []) }
        guard case .made = try create(site.anna(), name: "<script>alert(1)</script>") else {
            Issue.record("not made")
            return
        }
    }

    @Test func thereAreNotMany() throws {
        let ended = try made(site.anna(), days: 1)
        for _ in 1..<Accounts.keyCountLimit { _ = try made(site.anna()) }
        #expect(throws: AccountsError.tooManyKeys) { try made(site.anna()) }
        _ = try made(bob())
        site.time += 86_400
        let last = try made(site.anna())
        #expect(throws: AccountsError.tooManyKeys) { try made(site.anna()) }
        #expect(try site.accounts.revokeKey(last, of: site.anna()) != nil)
        _ = try made(site.anna())
        #expect(try site.accounts.keys(of: site.anna()).contains { $0.id == ended })
    }

    @Test func onlyOwnKeysChange() throws {
        let (mine, foreign) = (try made(site.anna(), name: "mine"), try made(bob(), name: "bobs"))
        let anna = try site.anna()
        #expect(try site.accounts.renameKey(foreign, of: anna, to: "x") == nil && site.accounts.revokeKey(foreign, of: anna) == nil)
        #expect(try site.accounts.renameKey(999, of: anna, to: "x") == nil && site.accounts.revokeKey(999, of: anna) == nil)
        let bobs = try #require(try site.accounts.keys(of: bob()).first)
        #expect(bobs.name == "bobs" && bobs.revokedAt == nil)
        #expect(try site.accounts.renameKey(mine, of: anna, to: "手机 <b>")?.name == "手机 <b>")
        for name in ["", " ", "手机 \u{202e}<b>"] {
            #expect(throws: AccountsError.badKeyName) { try site.accounts.renameKey(mine, of: anna, to: name) }
        }
        #expect(try site.accounts.revokeKey(mine, of: anna)?.revokedAt == site.time)
        #expect(try site.accounts.keys(of: anna).isEmpty)
    }
}
