// Logging in: what opens an account, and how often somebody may try. Traps are those of the replaced program's contract.

import Accounts
import HTTP
import SQLite
import TestSupport
import Testing

@Suite struct LoginTests {
    private static let address = "192.0.2.7"

    /// The outcome in a word: "anna", "anna expired", "refused", or the seconds to wait.
    private func outcome(_ site: Site, _ name: String, _ typed: String, from address: String = address) throws -> String {
        let wait = try site.accounts.waitToLogIn(from: address)
        guard wait == 0 else { return "\(wait)" }
        switch try site.accounts.logIn(name, typed: typed, from: address) {
        case .welcome(let account): return account.name
        case .expired(let account): return "\(account.name) expired"
        case .refused: return "refused"
        case .wait(let seconds): return "name \(seconds)"
        }
    }

    private static let digest = "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631"

    @Test(arguments: [
        ("anna", "correct horse", "anna"), ("ANNA", "correct horse", "anna"), ("anna", "wrong", "refused"), ("anna", "", "refused"),
        ("", "", "refused"), ("nobody", "correct horse", "refused"), ("anna", digest, "anna"), ("anna", digest.uppercased(), "refused"),
        ("anna", "correct horse\0", "refused"), ("anna' --", "correct horse", "refused"), ("anna\0", "correct horse", "refused"),
    ])
    func whatOpensAnAccount(name: String, typed: String, expected: String) throws {
        #expect(try outcome(Site.withAnna(), name, typed) == expected)
    }

    @Test func aPasswordThatLooksLikeADigestOpensToo() throws {
        let site = try Site.withAnna()
        try site.accounts.setPassword(of: "anna", to: Self.digest)
        #expect(try outcome(site, "anna", Self.digest) == "anna")
    }

    /// Passwords and what the replaced program stored of them, its server's way and its browsers' way.
    private static let oldPasswords = Vectors.part("password_vectors").all.map { ($0["plain"].text, $0["stored"].text) }
        + Vectors.part("browser_password_hash_vectors")["vectors"].all.flatMap {
            [($0["plain"].text, $0["browser_hash"].text), ($0["plain"].text, $0["standard_sha256"].text)]
        }

    @Test func passwordsOfTheReplacedProgram() throws {
        #expect(Self.oldPasswords.count == 23)
        for (typed, stored) in Self.oldPasswords where !typed.isEmpty {
            let site = try Site()
            try site.accounts.add(AccountName("keeper")!, #require(PasswordDigest(hexadecimal: stored)), role: .admin, expiresAt: nil)
            #expect(try outcome(site, "keeper", typed) == "keeper")
            #expect(try outcome(site, "keeper", stored) == "keeper")
            #expect(try outcome(site, "keeper", typed + " ") == "refused")
        }
    }

    @Test func anEmptyPasswordOpensNothing() throws {
        let site = try Site()
        try site.accounts.add(AccountName("keeper")!, PasswordDigest(ofAny: ""), role: .admin, expiresAt: nil)
        #expect(try outcome(site, "keeper", "") == "refused")
    }

    @Test func anExpiredAccountIsToldOnlyWithItsPassword() throws {
        let site = try Site()
        let digest = PasswordDigest(ofAny: "xiaoming-pw")
        try site.accounts.add(AccountName(imported: "小明")!, digest, role: .user, expiresAt: site.time - 1)
        #expect(try outcome(site, "小明", "xiaoming-pw") == "小明 expired")
        #expect(try outcome(site, "小明", "wrong") == "refused")
    }

    @Test func trap20AddressesAreThrottledMoreAndMore() throws {
        let site = try Site.withAnna()
        site.time = site.time / 86_400 * 86_400
        for _ in 0..<5 { #expect(try outcome(site, "anna", "wrong") == "refused") }
        #expect(try outcome(site, "anna", "correct horse") == "60")
        #expect(try outcome(site, "anna", "correct horse", from: "192.0.2.8") == "anna")
        site.time += 50
        #expect(try outcome(site, "anna", "correct horse") == "10")
        // The attempts that were refused count too: twenty an hour are over after four minutes.
        for minute in 1... {
            site.time = site.time / 60 * 60 + 60
            for _ in 0..<5 where try outcome(site, "other\(minute)", "wrong") != "refused" { 
                #expect(minute < 5)
                #expect(try outcome(site, "anna", "correct horse").utf8.count == 4)
                return
            }
        }
    }

    @Test func trap20NamesAreThrottledFromAllAddressesTogether() throws {
        let site = try Site.withAnna()
        site.time = site.time / 3600 * 3600
        for number in 0..<10 { #expect(try outcome(site, "anna", "wrong", from: "192.0.2.\(number)") == "refused") }
        #expect(try outcome(site, "Anna", "correct horse", from: "198.51.100.1") == "name 60")
        site.time += 60
        #expect(try outcome(site, "anna", "correct horse", from: "198.51.100.1") == "anna")
    }

    @Test func rightPasswordsDoNotCount() throws {
        let site = try Site.withAnna()
        for _ in 0..<30 { #expect(try outcome(site, "anna", "correct horse") == "anna") }
    }

    @Test func trap20NothingTypedIsKept() throws {
        let site = try Site.withAnna()
        _ = try outcome(site, "my-password", "secret")
        let kept = try site.database.all("SELECT kind || who FROM attempt") { $0.text(0) }
        #expect(!kept.isEmpty && !kept.contains { $0.contains("my-password") || $0.contains("secret") })
    }

    @Test func trap7AnOldCookieOpensNothing() throws {
        let site = try Site.withAnna()
        let cookie = "auth=%5B%22anna%22%2C%22\(Self.digest)%22%5D; imagebed_session=%5B%22anna%22%2C%22\(Self.digest)%22%5D"
        #expect(try site.accounts.account(ofSession: request(["HTTP_COOKIE": cookie])) == nil)
    }

    @Test func aNewPasswordEndsSessions() throws {
        let site = try Site.withAnna()
        let cookie = try ["HTTP_COOKIE": "imagebed_session=" + site.accounts.openSession(of: site.anna(), days: 1)]
        #expect(try site.accounts.account(ofSession: request(cookie))?.name == "anna")
        try site.accounts.setPassword(of: "anna", to: "another password")
        #expect(try site.accounts.account(ofSession: request(cookie)) == nil)
    }

    @Test func trap20AChallengeCountsOnce() throws {
        let site = try Site.withAnna()
        func answer(_ challenge: String, _ text: String) throws -> Bool {
            try site.accounts.meetsChallenge(request(["HTTP_COOKIE": "imagebed_captcha=\(challenge)"]), answer: text)
        }
        let (one, two, late) = try (site.accounts.openChallenge(answer: "AbC2"), site.accounts.openChallenge(answer: "AbC2"),
                                    site.accounts.openChallenge(answer: "AbC2"))
        #expect(try answer(one, "aBc2") && !answer(one, "AbC2"))
        #expect(try !answer(two, "AbC3") && !answer(two, "AbC2"))
        #expect(try !answer("", "AbC2") && !answer("x", "AbC2"))
        #expect(try !site.accounts.meetsChallenge(request([:]), answer: "AbC2"))
        site.time += Accounts.challengeSeconds
        #expect(try !answer(late, "AbC2"))
    }

    @Test(arguments: [
        // Sec-Fetch-Site, whether the form has the token.
        ("same-origin", false, true), (nil, true, true), (nil, false, false), ("cross-site", true, false), ("same-site", true, false),
    ] as [(String?, Bool, Bool)])
    func trap13FormsComeFromThisSite(fetch: String?, hasToken: Bool, expected: Bool) throws {
        let site = try Site.withAnna()
        var variables = try ["REQUEST_METHOD": "POST", "HTTP_COOKIE": "imagebed_session=" + site.accounts.openSession(of: site.anna(), days: 1)]
        variables["HTTP_SEC_FETCH_SITE"] = fetch
        let form = request(variables)
        let token = hasToken ? site.accounts.formToken(of: form) : nil
        #expect(site.accounts.isOwnForm(form, token: token, site: "http://localhost") == expected)
        #expect(!site.accounts.isOwnForm(form, token: "x", site: "http://localhost"))
        #expect(!site.accounts.isOwnForm(request([:]), token: token, site: "http://localhost"))
    }
}
