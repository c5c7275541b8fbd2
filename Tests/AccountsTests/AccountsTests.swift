import Accounts
import Database
import Testing
import TestSupport

@Suite struct AccountsTests {
    @Test func anAccountComesBackAsItWasMade() throws {
        let site = try Site.withAnna()
        let anna = try #require(try site.accounts.account(named: "ANNA"))
        #expect(anna.name == "anna" && anna.role == .admin && anna.createdAt == site.time && anna.disabledAt == nil)
        #expect(try site.accounts.all().map(\.name) == ["anna"])
        #expect(try site.accounts.account(anna.id)?.name == "anna" && site.accounts.account(anna.id + 1) == nil)
    }

    @Test func passwordsAreStoredHashed() throws {
        let site = try Site.withAnna()
        let stored = try #require(try site.database.first("SELECT password_hash FROM account", make: { $0.text(0) }))
        #expect(stored.hasPrefix("$y$"))
    }

    @Test func letterCaseTellsNoNamesApart() throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.nameTaken("Anna")) {
            try site.accounts.add(AccountName("Anna")!, password: "battery staple", role: .user)
        }
    }

    @Test(arguments: [
        ("", .user, .length(.user)), ("7 chars", .user, .length(.user)), ("eight ch\0", .user, .hasNUL), ("bob.the.builder", .user, .isName),
        (String(repeating: "é", count: 129), .user, .length(.user)), ("Password1", .user, .isCommon), ("11 chars ab", .admin, .length(.admin)),
        ("一二三四五六七", .user, .length(.user)), ("BOB.The.Builder", .admin, .isName),
    ] as [(String, Role, PasswordFault)])
    func passwordsThatCannotBeChosen(password: String, role: Role, fault: PasswordFault) throws {
        let site = try Site.withAnna()
        #expect(throws: AccountsError.badPassword(fault)) {
            try site.accounts.add(AccountName("bob.the.builder")!, password: password, role: role)
        }
        try site.accounts.add(AccountName("bob.the.builder")!, password: "what else is long", role: role)
        #expect(throws: AccountsError.badPassword(fault)) { try site.accounts.setPassword(of: "bob.the.builder", to: password) }
        #expect(try site.accounts.account(named: "bob.the.builder", password: "what else is long") != nil)
    }

    @Test(arguments: [("8 chars!", .user), ("一二三四五六七八", .user), ("12 chars abc", .admin), (String(repeating: "é", count: 127), .admin)]
        as [(String, Role)])
    func nothingOfAPasswordIsCutOff(password: String, role: Role) throws {
        let site = try Site()
        try site.accounts.add(AccountName("bob")!, password: password, role: role)
        #expect(try site.accounts.account(named: "bob", password: password) != nil)
        #expect(try site.accounts.account(named: "bob", password: String(password.dropLast())) == nil)
        #expect(try site.accounts.account(named: "bob", password: password + "é") == nil)
    }

    /// Tests/Data/passwords.txt, which htdocs/assets/strength.js is tested by too.
    @Test func strengthInWords() throws {
        let cases = try Cases.lines(of: "passwords.txt")
        for line in cases {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            #expect(PasswordStrength(of: parts[1]) == PasswordStrength(rawValue: parts[0]), "\(line)")
        }
        #expect(cases.count > 10)
    }

    @Test(arguments: [
        ("anna", "correct horse", true), ("anna", "correct horsf", false), ("anna", "", false), ("bob", "correct horse", false),
    ])
    func passwordCheck(name: String, password: String, opens: Bool) throws {
        #expect(try (Site.withAnna().accounts.account(named: name, password: password) != nil) == opens)
    }

    @Test func aNewPasswordReplacesTheOld() throws {
        let site = try Site.withAnna()
        try site.accounts.setPassword(of: "anna", to: "another horse")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") == nil)
        #expect(try site.accounts.account(named: "anna", password: "another horse") != nil)
        #expect(throws: AccountsError.noAccount("bob")) { try site.accounts.setPassword(of: "bob", to: "another horse") }
    }

    @Test func aDisabledAccountOpensNothingUntilItIsEnabled() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        try site.accounts.setDisabled(true, "anna")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") == nil)
        #expect(try site.accounts.account(named: "anna")?.disabledAt == site.time)
        try site.accounts.setDisabled(false, "anna")
        #expect(try site.accounts.account(named: "anna", password: "correct horse") != nil)
    }

    @Test func theLastAdminStays() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        #expect(throws: AccountsError.lastAdmin("anna")) { try site.accounts.setDisabled(true, "anna") }
        try site.accounts.setDisabled(true, "bob")
        #expect(throws: AccountsError.noAccount("eve")) { try site.accounts.setDisabled(true, "eve") }
    }
}
