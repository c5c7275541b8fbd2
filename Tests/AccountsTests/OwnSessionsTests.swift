@testable import Accounts
import Database
import Testing

@Suite struct OwnSessionsTests {
    private let site: Site

    init() throws {
        site = try Site.withAnna()
        try site.accounts.add(AccountName("bob")!, password: "battery staple", role: .admin)
    }

    private func open(_ name: String = "anna", _ userAgent: String = "Firefox", from address: String = "192.0.2.1", days: Int = 14) throws -> String {
        try site.accounts.openSession(of: site.accounts.account(named: name)!, days: days, in: Browser(userAgent: userAgent, address: address))
    }

    private func isOpen(_ session: String) throws -> Bool { try site.accounts.account(ofSession: session, idleHours: 72) != nil }

    private func sessions(_ current: String? = nil) throws -> [OwnSession] {
        try site.accounts.sessions(of: site.anna(), current: current, idleHours: 72)
    }

    @Test func anAccountSeesItsOwnSessions() throws {
        let first = try open()
        site.time += 400
        let second = try open("anna", "Safari", from: "2001:db8::1")
        _ = try open("bob")
        let shown = try sessions(second)
        #expect(shown.map(\.browser) == [Browser(userAgent: "Safari", address: "2001:db8::1"), Browser(userAgent: "Firefox", address: "192.0.2.1")])
        #expect(shown.map(\.isCurrent) == [true, false] && shown.map(\.createdAt) == [site.time, site.time - 400])
        site.time += 400
        _ = try isOpen(first)
        #expect(try sessions().map(\.seenAt) == [site.time, site.time - 400])
    }

    @Test func theOperatorSeesWhereTheLastBegan() throws {
        _ = try open(from: "")
        site.time += 10
        _ = try open("bob", "Safari", from: "2001:db8::1")
        _ = try open("anna", "Firefox")
        let browsers = [Browser(userAgent: "Firefox", address: "192.0.2.1"), Browser(userAgent: "Safari", address: "2001:db8::1")]
        #expect(try site.accounts.browsers(since: 0, limit: 9) == browsers)
        #expect(try site.accounts.browsers(since: 0, limit: 1) == [browsers[0]])
        #expect(try site.accounts.browsers(since: site.time, limit: 9).isEmpty)
    }

    @Test func endedSessionsAreNotShown() throws {
        _ = try open(days: 1)
        let used = try open(days: 14)
        site.time += 2 * 86_400
        _ = try isOpen(used)
        #expect(try sessions().count == 1)
        site.time += 72 * 3600
        #expect(try sessions().isEmpty)
    }

    @Test func oneIsEndedByItsNumber() throws {
        let (mine, other, foreign) = try (open(), open(), open("bob"))
        let bob = try #require(try site.accounts.account(named: "bob"))
        let foreignID = try #require(try site.accounts.sessions(of: bob, current: nil, idleHours: 72).first?.id)
        #expect(try !site.accounts.endSession(foreignID, of: site.anna()))
        #expect(try !site.accounts.endSession(99, of: site.anna()) && isOpen(foreign))
        let otherID = try #require(try sessions(mine).first { !$0.isCurrent }?.id)
        #expect(try site.accounts.endSession(otherID, of: site.anna()))
        #expect(try isOpen(mine) && !isOpen(other))
        #expect(try !site.accounts.endSession(otherID, of: site.anna()))
        _ = try open()
        #expect(try sessions().allSatisfy { $0.id != otherID }, "the number of an ended session is not given again")
    }

    @Test func allOthersAreEnded() throws {
        let (mine, others, foreign) = try (open(), [open(), open()], open("bob"))
        #expect(try site.accounts.endOtherSessions(of: site.anna(), current: mine) == 2)
        #expect(try isOpen(mine) && !isOpen(others[0]) && !isOpen(others[1]) && isOpen(foreign))
    }

    @Test func thereAreNotMany() throws {
        let first = try open()
        for _ in 0..<Accounts.sessionLimit { site.time += 1; _ = try open() }
        #expect(try sessions().count == Accounts.sessionLimit && !isOpen(first))
    }

    @Test(arguments: [
        ("Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)"), ("a\r\nSet-Cookie: x\0", "aSet-Cookie: x"), ("", ""), ("<script>", "<script>"), ("a\u{202E}b", "ab"),
        (String(repeating: "x", count: 5000), String(repeating: "x", count: 300)),
    ])
    func userAgentsAreBounded(sent: String, kept: String) { #expect(Browser(userAgent: sent, address: "").userAgent == kept) }

    @Test func aLongUserAgentOfManyBytesIsCut() {
        #expect(Browser(userAgent: String(repeating: "图", count: 300), address: "").userAgent.utf8.count <= Browser.userAgentLimit + 2)
    }
}
