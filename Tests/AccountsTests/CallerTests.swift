@testable import Accounts
import Database
import HTTP
import Settings
import Testing

@Suite struct CallerTests {
    private static let loginRequired = "401 Login required or invalid token"
    private static let invalidKey = "401 Invalid API key"

    /// What came of a request: "anna", "anonymous", or status and message of the refusal.
    private func outcome(_ site: Site, _ headers: [String: String], token: String? = nil, anonymous: Bool = false) throws
        -> String {
        let credentials = Credentials(request(headers), at: siteAddress())
        do {
            let caller = try site.accounts.caller(credentials, formKey: token, allowsAnonymous: anonymous, idleHours: 720)
            try caller.require(.upload)
            return caller.accountID == nil ? "anonymous" : "anna"
        } catch let problem as Problem {
            return "\(problem.status.code) \(problem.says)"
        }
    }

    @Test(arguments: [
        // Header X-API-Key, header Authorization, form token; KEY stands for a good one.
        (nil, nil, nil, loginRequired), (nil, nil, "", loginRequired), ("", nil, nil, loginRequired),
        ("KEY", nil, nil, "anna"), (nil, "Bearer KEY", nil, "anna"), (nil, "bearer   KEY", nil, "anna"),
        (nil, nil, "KEY", "anna"),
        ("bad", nil, nil, invalidKey), (nil, "Bearer bad", nil, invalidKey), (nil, nil, "bad", loginRequired),
        ("bad", nil, "KEY", invalidKey), (nil, "Bearer bad", "KEY", invalidKey), ("KEY", nil, "bad", "anna"),
        ("KEY", "Bearer bad", nil, "anna"), ("bad", "Bearer KEY", nil, invalidKey), ("", "Bearer KEY", nil, "anna"),
        (nil, "Basic YTpi", nil, loginRequired), (nil, "Basic YTpi", "KEY", "anna"), (nil, "Bearer", "KEY", "anna"),
        (nil, "KEY", nil, loginRequired), ("", nil, "KEY", "anna"),
        ("KEYx", nil, nil, invalidKey), ("-KEY", nil, nil, invalidKey), ("KEY\0", nil, nil, invalidKey),
        (nil, nil, "KEY\0", loginRequired), (nil, nil, "' OR 1=1 --", loginRequired), (nil, nil, "%", loginRequired),
        (nil, nil, String(repeating: "a", count: 65_536), loginRequired),
    ] as [(String?, String?, String?, String)])
    func whichCredentialDecides(header: String?, authorization: String?, token: String?, expected: String) throws {
        let site = try Site.withAnna()
        let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.upload]).key
        func filled(_ text: String?) -> String? { text?.replacing("KEY", with: key) }
        var headers: [String: String] = [:]
        headers["HTTP_X_API_KEY"] = filled(header)
        headers["HTTP_AUTHORIZATION"] = filled(authorization)
        #expect(try outcome(site, headers, token: filled(token)) == expected)
    }

    /// What a key is pasted with, around each way to send it. A key's own `-` and `_` stay.
    @Test(arguments: [" ", "\t", "\r\n", "\u{A0}", "\u{3000}", "\u{FEFF}", "\u{FFFD}", "\u{200B}", " \u{3000}\r\n"])
    func aPastedKeyIsTheSame(blank: String) throws {
        let site = try Site.withAnna()
        // Half of all keys have a dash: of 24, one without is as good as impossible to be the only kind.
        for _ in 0..<24 {
            let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.upload]).key
            for sent in [blank + key, key + blank, blank + key + blank] {
                #expect(try outcome(site, ["HTTP_X_API_KEY": sent]) == "anna")
                #expect(try outcome(site, ["HTTP_AUTHORIZATION": "Bearer " + sent]) == "anna")
                #expect(try outcome(site, ["HTTP_AUTHORIZATION": blank + "bearer" + blank + " " + key]) == "anna")
                #expect(try outcome(site, [:], token: sent) == "anna")
                guard case .valid = try site.accounts.uploadToken(sent) else {
                    Issue.record("\(sent) is unknown to the old forms")
                    continue
                }
            }
        }
        #expect(try outcome(site, ["HTTP_X_API_KEY": blank], token: blank, anonymous: true) == "anonymous")
        #expect(try outcome(site, ["HTTP_AUTHORIZATION": "Bearer" + blank]) == Self.loginRequired)
    }

    /// EasyImages drops what cannot be in its tokens, also inside.
    @Test func anOldFormDropsWhatIsInNoToken() throws {
        let site = try Site.withAnna()
        let account = try site.anna()
        try site.accounts.importToken("abc_123", number: 7, account: account, createdAt: site.time, expiresAt: nil)
        let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.upload]).key
        for sent in ["abc_123", "abc_\u{3000}123", "-a-b-c_123-", "abc_1\n23", key, "\(key.prefix(9)) \(key.dropFirst(9))", "图" + key] {
            guard case .valid = try site.accounts.uploadToken(sent) else {
                Issue.record("\(sent)")
                continue
            }
        }
        for sent in ["", " ", "-", "\u{3000}", "abc-123", String(repeating: " ", count: 9_000) + String(repeating: "x", count: 257)] {
            guard case .unknown = try site.accounts.uploadToken(sent) else {
                Issue.record("\(sent)")
                continue
            }
        }
    }

    @Test(arguments: [
        (nil, nil, "anonymous"), (nil, "", "anonymous"), ("bad", nil, invalidKey), (nil, "bad", loginRequired),
    ] as [(String?, String?, String)])
    func anonymousUploadIsForThoseWhoShowNothing(header: String?, token: String?, expected: String) throws {
        let headers = header.map { ["HTTP_X_API_KEY": $0] } ?? [:]
        #expect(try outcome(Site.withAnna(), headers, token: token, anonymous: true) == expected)
    }

    @Test(arguments: [
        // Method, Sec-Fetch-Site, Origin.
        ("POST", "same-origin", nil, "anna"), ("POST", nil, "http://localhost", "anna"), ("GET", nil, nil, "anna"),
        ("GET", "none", nil, "anna"), ("POST", nil, nil, loginRequired), ("POST", "cross-site", nil, loginRequired),
        ("POST", "same-site", "http://localhost", loginRequired), ("POST", nil, "https://evil.example", loginRequired),
        ("POST", nil, "null", loginRequired), ("GET", "cross-site", nil, loginRequired), ("GET", nil, "https://evil.example", loginRequired),
    ] as [(String, String?, String?, String)])
    func aSessionCountsForPagesOfThisSite(method: String, fetch: String?, origin: String?, expected: String) throws {
        let site = try Site.withAnna()
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        var variables = ["REQUEST_METHOD": method, "HTTP_COOKIE": "a=b; imagebed_session=\(session)"]
        variables["HTTP_SEC_FETCH_SITE"] = fetch
        variables["HTTP_ORIGIN"] = origin
        #expect(try outcome(site, variables) == expected)
    }

    @Test func aKeyDecidesBeforeASession() throws {
        let site = try Site.withAnna()
        let session = try site.accounts.openSession(of: site.anna(), days: 1)
        let variables = ["REQUEST_METHOD": "POST", "HTTP_COOKIE": "imagebed_session=\(session)", "HTTP_SEC_FETCH_SITE": "same-origin"]
        #expect(try outcome(site, variables.merging(["HTTP_X_API_KEY": "bad"]) { $1 }) == Self.invalidKey)
        #expect(try outcome(site, variables, token: "bad") == Self.loginRequired)
        #expect(try outcome(site, variables, token: "") == "anna")
        site.time += 86_400
        #expect(try outcome(site, variables) == Self.loginRequired)
        #expect(try outcome(site, variables, anonymous: true) == "anonymous")
    }

    @Test func somebodyWithoutANameIsAskedForAKey() throws {
        #expect(throws: Problem.self) { try Caller.anonymous.require(.read) }
        do { try Caller.anonymous.require(.json) } catch let problem as Problem { #expect(problem.status == .unauthorized) }
    }

    @Test func aKeyDoesWhatItsScopesSay() throws {
        let site = try Site.withAnna()
        let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.read, .json]).key
        #expect(try outcome(site, ["HTTP_X_API_KEY": key]) == "403 API key lacks the scope: upload")
    }

    /// Neither a session nor an account that is no administrator's, whatever its key says.
    @Test func theOperatorsNumbersTakeAKey() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("bert")!, password: "battery staple", role: .user)
        func asked(_ account: String, _ scopes: Set<Scope>) throws -> String {
            let key = try site.accounts.createKey(of: account, name: "test", scopes: scopes).key
            let caller = try site.accounts.caller(Credentials(request(["HTTP_X_API_KEY": key]), at: siteAddress()), allowsAnonymous: true, idleHours: 1)
            do { try caller.requireKey(.metrics) } catch let problem as Problem { return "\(problem.status.code) \(problem.says)" }
            return "allowed"
        }
        let lacks = "403 API key lacks the scope: metrics"
        #expect(try asked("anna", [.metrics]) == "allowed" && asked("anna", Scope.usual) == lacks)
        #expect(try asked("bert", [.metrics]) == lacks)
        for caller in [Caller.anonymous, .loggedIn(try site.anna())] {
            #expect(throws: Problem.self) { try caller.requireKey(.metrics) }
            #expect(throws: Problem.self) { try caller.require(.metrics) }
        }
    }

    @Test func keysEnd() throws {
        let site = try Site.withAnna()
        try site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        let (expiring, _) = try site.accounts.createKey(of: "anna", name: "a", scopes: [.upload], expiresAt: site.time + 10)
        let (revoked, record) = try site.accounts.createKey(of: "anna", name: "b", scopes: [.upload])
        let (kept, _) = try site.accounts.createKey(of: "anna", name: "c", scopes: [.upload])
        try site.accounts.revokeKey(record.id)
        site.time += 9
        func answer(_ key: String) throws -> String { try outcome(site, ["HTTP_X_API_KEY": key]) }
        #expect(try answer(expiring) == "anna")
        #expect(try answer(revoked) == Self.invalidKey)
        site.time += 1
        #expect(try answer(expiring) == Self.invalidKey)
        #expect(try answer(kept) == "anna")
        try site.accounts.setDisabled(true, "anna")
        #expect(try answer(kept) == Self.invalidKey)
        #expect(try outcome(site, [:], token: kept) == Self.loginRequired)
        try site.accounts.setDisabled(false, "anna")
        #expect(try answer(kept) == "anna")
        try site.database.run("UPDATE account SET expires_at = ? WHERE name = 'anna'", site.time)
        #expect(try answer(kept) == "anna")
        site.time += 1
        #expect(try answer(kept) == Self.invalidKey)
        #expect(try outcome(site, [:], token: kept) == Self.loginRequired)
        guard case .expired = try site.accounts.uploadToken(kept) else {
            Issue.record("the account has ended")
            return
        }
    }

    @Test(arguments: [(0, false), (3599, false), (3600, true), (-1, true)])
    func useIsMarkedOnceAnHour(later: Int, marked: Bool) throws {
        let site = try Site.withAnna()
        let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.upload]).key
        _ = try outcome(site, ["HTTP_X_API_KEY": key])
        let first = site.time
        #expect(try site.accounts.keys().first?.lastUsedAt == first)
        site.time += later
        _ = try outcome(site, ["HTTP_X_API_KEY": key])
        #expect(try site.accounts.keys().first?.lastUsedAt == (marked ? site.time : first))
    }

    @Test func aDatabaseThatCannotBeWrittenStillKnowsKeys() throws {
        let site = try Site.withAnna()
        let key = try site.accounts.createKey(of: "anna", name: "test", scopes: [.upload]).key
        try site.databases.makeReadOnly()
        #expect(try outcome(site, ["HTTP_X_API_KEY": key]) == "anna")
    }
}
