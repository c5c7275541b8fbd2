// The sentence of an error.

import HTTP
import JSONText
import Testing

@Suite struct ProblemTests {
    private func detail(_ problem: Problem) -> String? {
        guard case .string(let text)? = problem.members.first(where: { $0.0 == "detail" })?.1 else { return nil }
        return text
    }

    @Test func itFollowsTheMessage() {
        let problem = Problem(.conflict, says: "a", detail: "b", details: [("hash", .null)])
        #expect(problem.members.map(\.0) == ["result", "code", "error", "detail", "hash"] && detail(problem) == "b")
        #expect(problem.with([("files", .array([]))]).members.map(\.0) == ["result", "code", "error", "detail", "hash", "files"])
    }

    @Test func noErrorIsWithoutOne() {
        #expect(detail(Problem(.badRequest, says: "a"))?.hasPrefix("The server refuses") == true)
        #expect(detail(Problem(.internalServerError, says: "a"))?.hasPrefix("The server failed") == true)
        #expect(detail(.tryLater(because: "secret", seconds: 9)) == "The server has too much to do at the moment; send the request again in 9 seconds.")
        #expect(detail(.noSpace(because: "secret"))?.contains("secret") == false)
    }

    @Test(arguments: [
        (nil, "The parameter page must be a number."), ("", "The parameter page is \"\" (0 bytes), but must be a number."),
        ("x", "The parameter page is \"x\" (1 bytes), but must be a number."),
        (String(repeating: "图", count: 1000), "The parameter page is \"" + String(repeating: "图", count: 60) + "…\" (3,000 bytes), but must be a number."),
    ] as [(String?, String)])
    func ofParameters(sent: String?, expected: String) {
        let problem = Problem.invalid("page", sent, mustBe: "a number")
        #expect(problem.says == "Invalid parameter: page" && detail(problem) == expected)
    }

    @Test func aSentenceStaysOnItsLine() {
        #expect(Problem.excerpt("a\r\nb\u{202E}c\u{0}d") == "a\u{FFFD}\u{FFFD}b\u{FFFD}c\u{FFFD}d" && Problem.excerpt("图 é") == "图 é")
    }

    @Test func ofMethods() {
        #expect(detail(.methodNotAllowed(.other("TRACE"), allowed: "GET, OPTIONS")) == "This address takes GET, OPTIONS, but not TRACE.")
    }
}
