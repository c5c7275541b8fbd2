// The default token's uses in old logs, and decisions about it.

@testable import EasyImages
@testable import Takeover
import Testing
import Time

@Suite struct TokenUseTests {
    /// The use of the token "known" by one entry of a log.
    private func use(id: Int = 0, name: String, from: PHPValue = "web", path: String? = nil) throws -> TokenUse {
        let token = OldToken(text: "known", id: id, expiresAt: nil, addedAt: nil)
        var use = TokenUse(of: token, among: [token], place: 0, OldConfig(PHPArray([("path", "/i/")])))
        let fields: [String: PHPValue] = ["path": PHPValue(path ?? "/i/2025/07/01/\(name)"), "date": "2025-07-01 10:15:00", "from": from]
        use.see(try #require(OldLogEntry(name: ByteText(name)) { fields[$0] }))
        return use
    }

    @Test(arguments: [
        ("a-0.jpg", "web", 1), ("a-0_1.jpg", "web", 1), ("a-0_12.jpg", "web", 1), ("a.jpg", "web", 0), ("a-2.jpg", "web", 0),
        ("a-10.jpg", "web", 0), ("a.jpg", 0, 1), ("a.jpg", "0", 1), ("a-0.jpg", 2, 0), ("a-0", "web", 1), ("0.jpg", "web", 0),
    ] as [(String, PHPValue, Int)])
    func bySenderOrName(name: String, from: PHPValue, expected: Int) throws { #expect(try use(name: name, from: from).count == expected) }

    @Test func byFolder() throws {
        #expect(try use(id: 2, name: "a.jpg", path: "/i/2/2025/07/01/a.jpg").count == 1)
        #expect(try use(id: 2, name: "a.jpg", path: "/i/22/2025/07/01/a.jpg").count == 0)
    }

    @Test func theLastOne() throws {
        #expect(try use(name: "a-0.jpg").last == LogFact.seconds("2025-07-01 10:15:00"))
        #expect(try use(name: "a.jpg").last == nil)
    }

    @Test func otherTokensOfTheSameNumber() {
        let tokens = [("known", 0), ("other", 0), ("third", 1)].map { OldToken(text: $0.0, id: $0.1, expiresAt: nil, addedAt: nil) }
        let config = OldConfig(PHPArray())
        #expect(TokenUse(of: tokens[0], among: tokens, place: 0, config).isShared)
        #expect(!TokenUse(of: tokens[2], among: tokens, place: 2, config).isShared)
    }
}

@Suite struct DefaultTokenChoiceTests {
    @Test func words() {
        #expect(DefaultTokenChoice("refuse") == .refuse && DefaultTokenChoice("replace") == .replace)
        #expect(DefaultTokenChoice("keep-until 2027-03-31") == .keep(until: SiteDay("2027/03/31")!))
    }

    @Test(arguments: ["", "keep", "keep-until", "keep-until 2027-02-30", "keep-until tomorrow", "keep-until 2027-03-31 x", "refuse it", "Refuse"])
    func otherWords(text: String) { #expect(DefaultTokenChoice(text) == nil) }

    @Test func aYearAtMost() {
        func isPossible(_ days: Int) -> Bool { DefaultTokenChoice.keep(until: SiteDay.today.moved(by: days)).isPossible }
        #expect(isPossible(1) && isPossible(365) && !isPossible(-1) && !isPossible(368))
    }
}
