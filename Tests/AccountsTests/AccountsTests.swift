import Accounts
import SQLite
import Testing

@Suite struct AccountsTests {
    @Test func anAccountComesBackAsItWasMade() throws {
        let site = try Site.withAnna()
        let anna = try #require(try site.accounts.account(named: "ANNA"))
        #expect(anna.name == "anna" && anna.role == .admin && anna.createdAt == site.time && anna.disabledAt == nil)
        #expect(try site.accounts.all().map(\.name) == ["anna"])
    }

    @Test func passwordsAreStoredHashed() throws {
        let site = try Site.withAnna()
        let stored = try #require(try site.database.first("SELECT password_hash FROM account", make: { $0.text(0) }))
        #expect(stored.hasPrefix("$y$"))
    }

    @Test func letterCaseTellsNoNamesApart() throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.nameTaken("Anna")) {
            try site.accounts.add(AccountName("Anna")!, password: "12345678", role: .user)
        }
    }

    @Test(arguments: ["", "1234567", "1234567\0", String(repeating: "x", count: 257)])
    func passwordsThatCannotBe(password: String) throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.badPassword) {
            try site.accounts.add(AccountName("bob")!, password: password, role: .user)
        }
        #expect(throws: AccountsError.badPassword) { try site.accounts.setPassword(of: "anna", to: password) }
        #expect(try site.accounts.account(named: "anna", password: "correct horse") != nil)
    }

    @Test(arguments: [
        ("anna", "correct horse", true), ("anna", "correct horsf", false), ("anna", "", false), ("bob", "correct horse", false),
    ])
    func passwordCheck(name: String, password: String, opens: Bool) throws {
        #expect(try (Site.withAnna().accounts.account(named: name, password: password) != nil) == opens)
    }

    @Test func aNewPasswordReplacesTheOld() throws {
        let site = try Site.withAnna()
        try site.accounts.setPassword(of: "anna", to: "another one")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") == nil)
        #expect(try site.accounts.account(named: "anna", password: "another one") != nil)
        #expect(throws: AccountsError.noAccount("bob")) { try site.accounts.setPassword(of: "bob", to: "another one") }
    }

    @Test func aDisabledAccountOpensNothingUntilItIsEnabled() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("root")!, password: "12345678", role: .admin)
        try site.accounts.setDisabled(true, "anna")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") == nil)
        #expect(try site.accounts.account(named: "anna")?.disabledAt == site.time)
        try site.accounts.setDisabled(false, "anna")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") != nil)
    }

    @Test func theLastAdminStays() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("bob")!, password: "12345678", role: .user)
        #expect(throws: AccountsError.lastAdmin("anna")) { try site.accounts.setDisabled(true, "anna") }
        try site.accounts.setDisabled(true, "bob")
        #expect(throws: AccountsError.noAccount("eve")) { try site.accounts.setDisabled(true, "eve") }
    }
}
