@testable import Accounts
import Database
import Settings
import Testing
import Text

@Suite struct OwnAccountTests {
    private let site: Site
    private static let address = "192.0.2.7"

    init() throws {
        site = try Site.withAnna()
        site.time = site.time / 3600 * 3600
    }

    private func change(_ current: String, _ new: String, session: String = "") throws -> GuardedChange {
        try site.accounts.changePassword(of: site.anna(), current: current, new: new, from: Self.address, session: session)
    }

    private func opens(_ password: String) throws -> Bool { try site.accounts.account(named: "anna", password: password) != nil }

    @Test func aNewPasswordKeepsThisSessionAlone() throws {
        let (mine, other) = try (site.accounts.openSession(of: site.anna(), days: 1), site.accounts.openSession(of: site.anna(), days: 1))
        #expect(try change("correct horse", "another horse", session: mine) == .done)
        #expect(try opens("another horse") && !opens("correct horse"))
        #expect(try site.accounts.account(ofSession: mine, idleHours: 72) != nil)
        #expect(try site.accounts.account(ofSession: other, idleHours: 72) == nil)
        #expect(try site.accounts.isKnown(Self.address, to: "anna"))
    }

    @Test(arguments: ["", "wrong", "correct horse ", "another horse"]) func theCurrentPasswordIsNeeded(current: String) throws {
        #expect(try change(current, "another horse") == .wrongPassword)
        #expect(try opens("correct horse"))
    }

    @Test(arguments: [("short", PasswordFault.length(.admin)), ("ANNA", .length(.admin)), ("with a NUL \0 in it", .hasNUL)])
    func theRulesForPasswordsHold(new: String, fault: PasswordFault) throws {
        #expect(throws: AccountsError.badPassword(fault)) { try change("correct horse", new) }
        #expect(try opens("correct horse"))
    }

    @Test func guessesAreCountedWithThoseAtSigningIn() throws {
        for _ in 0..<3 { #expect(try change("wrong", "another horse") == .wrongPassword) }
        for _ in 0..<2 { _ = try site.accounts.waitToLogIn(from: Self.address) }
        #expect(try change("correct horse", "another horse") == .tooMany(seconds: 60))
        #expect(try opens("correct horse"))
        site.time += 60
        #expect(try change("correct horse", "another horse") == .done)
        for _ in 0..<30 { #expect(try change("another horse", "another horse") == .done, "what is right does not count") }
    }

    /// An account that was disabled or got another password while the slow comparison ran changes nothing.
    @Test func aDisabledAccountChangesNothing() throws {
        try site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        let anna = try site.anna()
        try site.accounts.setDisabled(true, "anna")
        #expect(try site.accounts.changePassword(of: anna, current: "correct horse", new: "another horse", from: Self.address, session: "")
            == .wrongPassword)
        #expect(try site.accounts.deleteAccount(anna, password: "correct horse", from: Self.address) == .wrongPassword)
    }

    /// Somebody else has the name meanwhile.
    @Test func aNameAloneOpensNothing() throws {
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .admin)
        let anna = try site.anna()
        #expect(try site.accounts.deleteAccount(anna, password: "correct horse", from: Self.address) == .done)
        try site.accounts.add(AccountName("anna")!, password: "correct horse", role: .user)
        #expect(try site.accounts.changePassword(of: anna, current: "correct horse", new: "another horse", from: Self.address, session: "")
            == .wrongPassword)
        #expect(try opens("correct horse"))
    }

    @Test func aDeletedAccountOpensNothingAndFreesItsName() throws {
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .admin)
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        let key = try site.accounts.createKey(of: "anna", name: "phone", scopes: [.upload]).key
        let id = try site.anna().id
        #expect(try site.accounts.deleteAccount(site.anna(), password: "wrong", from: Self.address) == .wrongPassword)
        #expect(try site.accounts.deleteAccount(site.anna(), password: "correct horse", from: Self.address) == .done)
        #expect(try site.accounts.account(named: "anna") == nil && site.accounts.account(ofSession: session, idleHours: 72) == nil)
        #expect(try site.accounts.holder(of: key) == nil)
        let buried = try #require(try site.accounts.all().first { $0.id == id })
        #expect(buried.name == "(deleted \(id))" && buried.disabledAt == site.time && AccountName(buried.name) == nil)
        #expect(AccountName(imported: buried.name) == nil)
        try site.accounts.setDisabled(false, buried.name)
        #expect(try site.accounts.account(named: buried.name, password: "") == nil)
    }

    @Test func theLastAdminStays() throws {
        #expect(throws: AccountsError.lastAdmin("anna")) {
            try site.accounts.deleteAccount(site.anna(), password: "correct horse", from: Self.address)
        }
        #expect(try opens("correct horse"))
    }

    @Test func preferencesAreKept() throws {
        #expect(try site.anna().language == nil && site.anna().linkFormat == nil)
        try site.accounts.setPreferences(of: site.anna(), language: .zhTW, linkFormat: .markdown)
        #expect(try site.anna().language == .zhTW && site.anna().linkFormat == .markdown)
        try site.accounts.setPreferences(of: site.anna(), language: nil, linkFormat: nil)
        #expect(try site.anna().language == nil && site.anna().linkFormat == nil)
    }
}
