@testable import Accounts
import Database
import Testing

@Suite struct RegistrationTests {
    private let site: Site
    private static let password = "battery staple"

    init() throws {
        site = try Site.withAnna()
        site.time = site.time / 3600 * 3600
    }

    /// The outcome in a word.
    private func outcome(_ name: String, _ password: String = password, from address: String = "192.0.2.7", approval: Bool = false) throws -> String {
        switch try site.accounts.register(#require(AccountName(name)), password: password, from: address, needsApproval: approval) {
        case .open(let account): "\(account.name) \(account.role)"
        case .waiting(let account): "\(account.name) waits"
        case .nameTaken: "taken"
        case .tooMany(let seconds): "\(seconds)"
        }
    }

    private func signIn(_ name: String, _ password: String = password) throws -> String {
        switch try site.accounts.logIn(name, typed: password, from: "198.51.100.1", days: 1) {
        case .welcome: "welcome"
        case .expired: "expired"
        case .waiting: "waiting"
        case .refused: "refused"
        }
    }

    @Test func somebodyRegistersAndSignsIn() throws {
        #expect(try outcome("bob") == "bob user" && signIn("bob") == "welcome")
        #expect(try site.accounts.account(named: "bob")?.waitingSince == nil)
    }

    @Test(arguments: ["anna", "ANNA"]) func aNameIsGivenOnce(name: String) throws {
        #expect(try outcome(name) == "taken")
        #expect(try site.accounts.account(named: "anna", password: "correct horse")?.role == .admin)
    }

    @Test(arguments: [("short", PasswordFault.length(.user)), ("long.name", .isName), ("password1", .isCommon), ("eight ch\0", .hasNUL)])
    func theRulesForPasswordsHold(password: String, fault: PasswordFault) throws {
        for _ in 0..<10 { #expect(throws: AccountsError.badPassword(fault)) { try outcome("long.name", password) } }
        #expect(try outcome("long.name") == "long.name user", "what the rules refuse does not count")
    }

    @Test func addressesAreThrottled() throws {
        for number in 0..<3 { #expect(try outcome("bob\(number)") == "bob\(number) user") }
        for _ in 0..<2 { #expect(try outcome("anna") == "taken") }
        for name in ["anna", "new"] { #expect(try outcome(name) == "3600", "a taken name is told no more") }
        #expect(try outcome("new", from: "192.0.2.8") == "new user")
        site.time += 3600
        #expect(try outcome("other") == "other user")
    }

    @Test func whoWaitsOpensNothing() throws {
        #expect(try outcome("bob", approval: true) == "bob waits")
        #expect(try signIn("bob") == "waiting" && signIn("bob", "wrong") == "refused")
        #expect(try site.accounts.account(named: "bob", password: Self.password) == nil)
        let account = try #require(try site.accounts.account(named: "bob"))
        #expect(account.waitingSince == site.time && account.disabledAt == site.time)
        #expect(try outcome("bob", approval: true) == "taken")
    }

    @Test func anApprovedAccountIsOpen() throws {
        _ = try outcome("bob", approval: true)
        try site.accounts.approve("Bob")
        #expect(try signIn("bob") == "welcome" && site.accounts.account(named: "bob")?.waitingSince == nil)
        #expect(throws: AccountsError.notWaiting("bob")) { try site.accounts.approve("bob") }
        #expect(throws: AccountsError.notWaiting("bob")) { try site.accounts.refuse("bob") }
        try site.accounts.setDisabled(true, "bob")
        #expect(throws: AccountsError.notWaiting("bob")) { try site.accounts.approve("bob") }
        #expect(throws: AccountsError.noAccount("eve")) { try site.accounts.approve("eve") }
        #expect(try signIn("bob") == "refused")
    }

    @Test func enablingApprovesAndDisablingRefuses() throws {
        for name in ["bob", "eve"] { _ = try outcome(name, approval: true) }
        try site.accounts.setDisabled(false, "bob")
        try site.accounts.setDisabled(true, "eve")
        #expect(try signIn("bob") == "welcome" && signIn("eve") == "refused")
        #expect(try site.accounts.all().allSatisfy { $0.waitingSince == nil })
    }

    @Test func aRefusedNameIsFreeAgain() throws {
        _ = try outcome("bob", approval: true)
        try site.accounts.refuse("bob")
        #expect(try site.accounts.account(named: "bob") == nil && signIn("bob") == "refused")
        #expect(try outcome("bob") == "bob user")
    }

    @Test func notManyWait() throws {
        for number in 0..<Accounts.waitingLimit {
            try site.database.run("INSERT INTO account (name, password_hash, role, created_at, waiting_since) VALUES (?, '', 'user', 0, 0)", "w\(number)")
        }
        #expect(throws: AccountsError.tooManyWaiting) { try outcome("bob", approval: true) }
        #expect(try site.accounts.account(named: "bob") == nil)
        #expect(try outcome("bob") == "bob user")
    }
}
