@testable import Accounts
import Database
import SiteTestSupport
import Testing

@Suite struct SignInLogTests {
    private let site: Site

    init() throws { site = try Site.withAnna() }

    private func note(_ result: SignInResult, _ name: String? = nil, from address: String = "192.0.2.1") throws {
        try site.accounts.note(result, of: name.flatMap { try site.accounts.account(named: $0) }, in: Browser(userAgent: "Firefox", address: address),
                               network: address)
    }

    private func log(_ search: SignInSearch = .everything, in seconds: Range<Int> = 0..<Int.max) throws -> [String] {
        try site.accounts.signInLog(SignInLogRequest(search, in: seconds)).entries.map {
            "\($0.result?.rawValue ?? "?") \($0.account ?? "-") \($0.browser.address) \($0.triedAt - 1_700_000_000)"
        }
    }

    @Test func attemptsAreFoundByEverythingThatIsKnown() throws {
        #expect(try log() == [] && site.accounts.signInLogBeginning() == nil)
        try note(.refused)
        site.time += 10
        try note(.signedIn, "anna", from: "2001:db8::1")
        try note(.expired, "anna")
        let all = ["expired anna 192.0.2.1 10", "signed in anna 2001:db8::1 10", "refused - 192.0.2.1 0"]
        #expect(try log() == all && log(.address("192.0.2.1")) == [all[0], all[2]] && log(.address("192.0.2.")) == [])
        #expect(try log(.account(site.anna().id)) == Array(all[..<2]) && log(.account(99)) == [])
        #expect(try log(in: 0..<site.time) == [all[2]] && log(in: site.time..<Int.max) == Array(all[..<2]) && log(in: 0..<1) == [])
        #expect(try site.accounts.signInLogBeginning() == 1_700_000_000)
    }

    @Test func partsHoldEachRowOnce() throws {
        for number in 0..<23 {
            site.time += number % 3
            try note(.refused, from: "192.0.2.\(number)")
        }
        var (found, next): ([String], RowPosition?) = ([], .beginning)
        while let position = next {
            let part = try site.accounts.signInLog(SignInLogRequest(from: position, size: 5))
            found += part.entries.map(\.browser.address)
            #expect(part.entries.count <= 5 && !part.isCut)
            next = part.next.flatMap { RowPosition($0.text) }
        }
        #expect(found == (0..<23).reversed().map { "192.0.2.\($0)" })
    }

    @Test func aFloodIsNotedOnceAMinute() throws {
        for _ in 0..<9 { try note(.tooMany) }
        try note(.tooMany, from: "192.0.2.2")
        #expect(try log().count == 2)
        site.time += 61
        try note(.tooMany)
        #expect(try log().count == 3)
    }

    @Test func oldAttemptsGo() throws {
        try note(.refused)
        site.time += 100
        try note(.signedIn, "anna")
        try site.accounts.forgetSignIns(before: site.time)
        #expect(try log() == ["signed in anna 192.0.2.1 100"])
        try site.databases.setLastID(Accounts.signInLimit + 1, of: "sign_in")
        try note(.refused)
        #expect(try log() == ["refused - 192.0.2.1 100"])
    }

    /// No row is read that is not shown.
    @Test(.enabled(if: TestDatabase.engine == .sqlite, "its plans")) func eachSearchHasItsIndex() throws {
        for (base, index) in [("", "sign_in_by_time"), ("address = 'x' AND", "sign_in_by_address"), ("account_id = 1 AND", "sign_in_by_account")] {
            let plan = try site.database.all(
                "EXPLAIN QUERY PLAN SELECT id FROM sign_in WHERE \(base) tried_at >= 0 AND (tried_at, id) < (9, 9) ORDER BY tried_at DESC, id DESC LIMIT 5") { $0.text(3) }
            #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
        }
    }

    @Test func theKeyWithAnId() throws {
        let made = try site.accounts.createKey(of: "anna", name: "mine", scopes: [.upload])
        _ = try site.accounts.revokeKey(made.record.id)
        #expect(try site.accounts.key(made.record.id)?.name == "mine" && site.accounts.key(99) == nil)
    }
}
