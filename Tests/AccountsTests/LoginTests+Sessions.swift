// The sessions that signing in begins, and what ends them.

@testable import Accounts
import Database
import HTTP
import Testing
import TestSupport

extension LoginTests {
    @Test func anOldCookieOpensNothing() throws {
        let site = try Site.withAnna()
        let cookie = "auth=%5B%22anna%22%2C%22\(Self.digest)%22%5D; imagebed_session=%5B%22anna%22%2C%22\(Self.digest)%22%5D"
        let session = Credentials(request(["HTTP_COOKIE": cookie]), at: siteAddress()).session
        #expect(try site.accounts.account(ofSession: session, idleHours: 720) == nil)
    }

    @Test func aNewPasswordEndsSessions() throws {
        let site = try Site.withAnna()
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        #expect(try site.accounts.account(ofSession: session, idleHours: 720)?.name == "anna")
        try site.accounts.setPassword(of: "anna", to: "another password")
        #expect(try site.accounts.account(ofSession: session, idleHours: 720) == nil)
    }

    /// What may happen while a sign-in compares.
    enum Change {
        case newPassword, disabled, typed

        func make(_ accounts: Accounts) throws {
            switch self {
            case .newPassword: try accounts.setPassword(of: "anna", to: "another password")
            case .disabled: try accounts.setDisabled(true, "anna")
            case .typed: _ = try accounts.logIn("anna", typed: "correct horse", from: "192.0.2.1", days: 1)
            }
        }
    }

    /// Whoever sends the digest comes too late when the password itself was typed.
    @Test(arguments: [("correct horse", .newPassword), (digest, .newPassword), ("correct horse", .disabled), (digest, .typed)] as [(String, Change)])
    func aSignInThatIsUnderWayEndsWithWhatItCompared(typed: String, change: Change) throws {
        let site = try Site()
        try site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        try site.accounts.add(AccountName("anna")!, PasswordDigest(ofAny: "correct horse"), role: .admin, expiresAt: nil,
                              takesDigest: true)
        let match = try #require(try site.accounts.match("anna", PasswordReading.all(of: typed)))
        try change.make(site.accounts)
        func state() throws -> [String] {
            try ["session", "known_address", "account"].flatMap { try site.databases.rows(of: $0) }
        }
        let before = try state()
        guard case .refused = try site.accounts.letIn(match, typed: typed, from: Self.address, days: 1) else {
            Issue.record("let in")
            return
        }
        #expect(try state() == before)
    }

    @Test func aSignInBeginsTheSessionItself() throws {
        let site = try Site.withAnna()
        guard case .welcome(_, let session) = try site.accounts.logIn("anna", typed: "correct horse", from: Self.address, days: 1) else {
            Issue.record("not let in")
            return
        }
        #expect(try site.accounts.account(ofSession: session, idleHours: 720)?.name == "anna")
    }

    @Test func aSessionEndsWhenItIsNotUsed() throws {
        let site = try Site.withAnna()
        let session = try site.accounts.openSession(of: site.anna(), days: 14)
        for _ in 0..<3 {
            site.time += 7199
            #expect(try site.accounts.account(ofSession: session, idleHours: 2)?.name == "anna")
        }
        site.time += 7200
        #expect(try site.accounts.account(ofSession: session, idleHours: 2) == nil)
    }

    @Test func aDisabledAccountsSessionsDoNotComeBack() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        try site.accounts.setDisabled(true, "anna")
        try site.accounts.setDisabled(false, "anna")
        #expect(try site.accounts.account(ofSession: session, idleHours: 720) == nil)
    }

    @Test(arguments: [
        ("http://a.test", "imagebed_session=v; Max-Age=5; Path=/; HttpOnly; SameSite=Lax"),
        ("http://a.test/p", "imagebed_session=v; Max-Age=5; Path=/p; HttpOnly; SameSite=Lax"),
        ("https://a.test", "__Host-imagebed_session=v; Max-Age=5; Path=/; HttpOnly; SameSite=Lax; Secure"),
        ("https://a.test/p/q", "__Host-imagebed_session~p~q=v; Max-Age=5; Path=/; HttpOnly; SameSite=Lax; Secure"),
    ])
    func cookies(address: String, expected: String) {
        #expect(SiteCookie.session(siteAddress(address)).setting("v", seconds: 5) == expected)
    }

    @Test func cookiesThatOpenNothingAreTakenAway() {
        #expect(SiteCookie.former(siteAddress("http://a.test/p")).map(\.removal) == ["auth=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"])
        #expect(SiteCookie.former(siteAddress("https://a.test/p")).map(\.removal) == [
            "auth=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure", "imagebed_session=; Max-Age=0; Path=/p; HttpOnly; SameSite=Lax; Secure",
        ])
    }
}
