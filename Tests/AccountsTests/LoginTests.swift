// Logging in: what opens an account, and how often somebody may try.

@testable import Accounts
import Database
import HTTP
import Testing
import TestSupport

@Suite struct LoginTests {
    static let address = "192.0.2.7"

    /// The outcome in a word: "anna", "anna expired", "refused", or "challenge", or the seconds to wait.
    private func outcome(_ site: Site, _ name: String, _ typed: String, from address: String = address) throws -> String {
        let wait = try site.accounts.waitToLogIn(from: address)
        guard wait == 0 else { return "\(wait)" }
        if try site.accounts.needsChallenge(name, from: address) { return "challenge" }
        switch try site.accounts.logIn(name, typed: typed, from: address, days: 1) {
        case .welcome(let account, _): return account.name
        case .expired(let account): return "\(account.name) expired"
        case .waiting(let account): return "\(account.name) waits"
        case .refused: return "refused"
        }
    }

    static let digest = "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631"

    @Test(arguments: [
        ("anna", "correct horse", "anna"), ("ANNA", "correct horse", "anna"), ("anna", "wrong", "refused"), ("anna", "", "refused"),
        ("", "", "refused"), ("nobody", "correct horse", "refused"), ("anna", digest, "refused"), ("anna", digest.uppercased(), "refused"),
        ("anna", "correct horse\0", "refused"), ("anna' --", "correct horse", "refused"), ("anna\0", "correct horse", "refused"),
    ])
    func whatOpensAnAccount(name: String, typed: String, expected: String) throws {
        #expect(try outcome(Site.withAnna(), name, typed) == expected)
    }

    @Test func aDigestOpensUntilThePasswordIsTyped() throws {
        let site = try Site()
        try site.accounts.add(AccountName("bob")!, #require(PasswordDigest(hexadecimal: Self.digest)), role: .admin, expiresAt: nil,
                              takesDigest: true)
        for _ in 0..<2 { #expect(try outcome(site, "bob", Self.digest) == "bob") }
        #expect(try outcome(site, "bob", "correct horse") == "bob")
        #expect(try outcome(site, "bob", Self.digest) == "refused")
        #expect(try site.accounts.account(named: "bob")?.takesDigest == false)
    }

    @Test func aNewPasswordEndsDigests() throws {
        let site = try Site()
        let digest = try #require(PasswordDigest(hexadecimal: Self.digest))
        try site.accounts.add(AccountName("bob")!, digest, role: .admin, expiresAt: nil, takesDigest: true, weakness: .common)
        try site.accounts.setPassword(of: "bob", to: "correct horse")
        #expect(try outcome(site, "bob", Self.digest) == "refused")
        #expect(try site.accounts.account(named: "bob")?.weakness == nil)
    }

    @Test(arguments: [("q#7zK", .short), ("abc123", .short), ("password1", .common), ("Long.Name", .name), ("xiaoming-pw", nil)] as [(String, PasswordWeakness?)])
    func whatIsWrongWithAPasswordIsKnownWhenItIsTyped(password: String, expected: PasswordWeakness?) throws {
        let site = try Site()
        try site.accounts.add(AccountName("long.name")!, PasswordDigest(ofAny: password), role: .user, expiresAt: nil, takesDigest: true)
        #expect(try outcome(site, "long.name", password) == "long.name")
        #expect(try site.accounts.account(named: "long.name")?.weakness == expected)
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
            try site.accounts.add(AccountName("keeper")!, #require(PasswordDigest(hexadecimal: stored)), role: .admin, expiresAt: nil,
                                  takesDigest: true)
            #expect(try outcome(site, "keeper", stored) == "keeper")
            #expect(try outcome(site, "keeper", typed) == "keeper")
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

    /// The setting's number a minute; 0 for any.
    @Test(arguments: [1, 7, 0]) func howManyAMinute(count: Int) throws {
        let site = try Site.withAnna()
        let accounts = Accounts(database: site.database, attemptsAMinute: { count }, now: { site.time / 60 * 60 })
        for _ in 0..<max(count, 100 * (1 - min(count, 1))) { #expect(try accounts.waitToLogIn(from: Self.address) == 0) }
        #expect(try accounts.waitToLogIn(from: Self.address) == (count == 0 ? 0 : 60))
    }

    @Test func addressesAreThrottledMoreAndMore() throws {
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

    @Test func strangersAreAskedForMoreAndTheOwnerIsNot() throws {
        let site = try Site.withAnna()
        site.time = site.time / 3600 * 3600
        #expect(try outcome(site, "anna", "correct horse", from: "198.51.100.1") == "anna")
        for number in 0..<10 { #expect(try outcome(site, "anna", "wrong", from: "192.0.2.\(number)") == "refused") }
        for password in ["wrong", "correct horse"] { #expect(try outcome(site, "Anna", password, from: "198.51.100.2") == "challenge") }
        for _ in 0..<2 { #expect(try outcome(site, "ANNA", "correct horse", from: "198.51.100.1") == "anna") }
        #expect(try outcome(site, "anna", "wrong", from: "198.51.100.1") == "refused")
        site.time += 60
        #expect(try outcome(site, "anna", "correct horse", from: "198.51.100.2") == "anna")
    }

    @Test func theOwnersMistakesAreNotCountedWithStrangers() throws {
        let site = try Site.withAnna()
        site.time = site.time / 3600 * 3600
        for number in 0..<4 {
            #expect(try outcome(site, "anna", "correct horse", from: "198.51.100.\(number)") == "anna")
            for _ in 0..<4 { #expect(try outcome(site, "anna", "wrong", from: "198.51.100.\(number)") == "refused") }
        }
        #expect(try outcome(site, "anna", "correct horse", from: "192.0.2.1") == "anna")
    }

    @Test func knownAddressesAreDigestsAndNotMany() throws {
        let site = try Site.withAnna()
        for number in 0..<25 {
            site.time += 1
            #expect(try outcome(site, "anna", "correct horse", from: "192.0.2.\(number)") == "anna")
        }
        func count() throws -> Int? { try site.database.first("SELECT COUNT(*) FROM known_address WHERE length(hash) = 32") { $0.integer(0) } }
        #expect(try count() == 20)
        try site.accounts.setPassword(of: "anna", to: "another password")
        #expect(try count() == 0)
    }

    @Test func rightPasswordsDoNotCount() throws {
        let site = try Site.withAnna()
        for _ in 0..<30 { #expect(try outcome(site, "anna", "correct horse") == "anna") }
    }

    @Test func nothingTypedIsKept() throws {
        let site = try Site.withAnna()
        _ = try outcome(site, "my-password", "secret")
        let kept = try site.database.all("SELECT kind || who FROM attempt") { $0.text(0) }
        #expect(!kept.isEmpty && !kept.contains { $0.contains("my-password") || $0.contains("secret") })
    }

    @Test func aChallengeCountsOnce() throws {
        let site = try Site.withAnna()
        func answer(_ challenge: String, _ text: String) throws -> Bool {
            try site.accounts.meetsChallenge(challenge, answer: text)
        }
        let (one, two, late) = try (site.accounts.openChallenge(answer: "AbC2"), site.accounts.openChallenge(answer: "AbC2"),
                                    site.accounts.openChallenge(answer: "AbC2"))
        #expect(try answer(one, "aBc2") && !answer(one, "AbC2"))
        #expect(try !answer(two, "AbC3") && !answer(two, "AbC2"))
        #expect(try !answer("", "AbC2") && !answer("x", "AbC2"))
        #expect(try !site.accounts.meetsChallenge(nil, answer: "AbC2"))
        site.time += Accounts.challengeSeconds
        #expect(try !answer(late, "AbC2"))
    }

    @Test(arguments: [
        // Sec-Fetch-Site, whether the form has the token.
        ("same-origin", false, true), (nil, true, true), (nil, false, false), ("cross-site", true, false), ("same-site", true, false),
    ] as [(String?, Bool, Bool)])
    func formsComeFromThisSite(fetch: String?, hasToken: Bool, expected: Bool) throws {
        let site = try Site.withAnna()
        var variables = try ["REQUEST_METHOD": "POST", "HTTP_COOKIE": "imagebed_session=" + site.accounts.openSession(of: site.anna(), days: 1)]
        variables["HTTP_SEC_FETCH_SITE"] = fetch
        let form = Credentials(request(variables), at: siteAddress())
        #expect(form.isOwnForm(csrfToken: hasToken ? form.formToken?.masked() : nil) == expected)
        #expect(!form.isOwnForm(csrfToken: "x"))
        #expect(!Credentials(request([:]), at: siteAddress()).isOwnForm(csrfToken: form.formToken?.masked()))
    }

    @Test func sessionsAndAttemptsCanBeEnded() throws {
        let site = try Site.withAnna()
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        for isThere in [true, false] {
            #expect(try (site.accounts.account(ofSession: session, idleHours: 72) != nil) == isThere)
            try site.accounts.closeSession(session)
        }
        #expect(try site.accounts.mayTry("link", who: "192.0.2.1", limit: 1, window: 60))
        try site.accounts.takeBack("link", who: "192.0.2.1")
        #expect(try site.accounts.mayTry("link", who: "192.0.2.1", limit: 1, window: 60))
        #expect(try !site.accounts.mayTry("link", who: "192.0.2.1", limit: 1, window: 60))
    }

    @Test func importedTokensAreFoundByTheirText() throws {
        let site = try Site.withAnna()
        #expect(try site.accounts.importToken("1c17b11693cb5ec63859b091c5b9c1b2", number: 3, account: site.anna(), createdAt: 1, expiresAt: nil))
        #expect(try site.accounts.key(withText: "1c17b11693cb5ec63859b091c5b9c1b2")?.number == 3)
        #expect(try site.accounts.key(withText: "other") == nil)
    }

    @Test func anImportedTokenWorksUntilATime() throws {
        let site = try Site.withAnna()
        func works() throws -> Bool { if case .valid = try site.accounts.uploadToken("known") { true } else { false } }
        func keep(_ seconds: Int) throws -> APIKey {
            try site.accounts.letWork("known", number: 0, account: site.anna(), createdAt: 1, until: site.time + seconds)
        }
        let key = try keep(10)
        #expect(try works() && key.number == 0 && key.expiresAt == site.time + 10)
        site.time += 11
        #expect(try !works())
        #expect(try keep(5).id == key.id && works())
        try site.accounts.revokeKey(key.id)
        #expect(try !works())
        #expect(try keep(20).revokedAt == nil && works() && site.accounts.keys().count == 1)
    }
}
