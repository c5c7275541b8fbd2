@testable import PostgreSQL
import Testing

@Suite struct StatementTextTests {
    @Test(arguments: [
        ("SELECT a FROM t WHERE a = ? AND b = ?", "SELECT a FROM t WHERE a = $1 AND b = $2"),
        ("VALUES (?2, ?1, ?, ?12)", "VALUES ($2, $1, $3, $12)"),
        ("SELECT '?', \"a?\", 'it''s ?' || ?", "SELECT '?', \"a?\", 'it''s ?' || $1"),
        ("a LIKE ?1 ESCAPE '!'", "a COLLATE \"C\" ILIKE $1 ESCAPE '!'"),
        ("LIKELY_LIKE, 'a LIKE b', 図?", "LIKELY_LIKE, 'a LIKE b', 図$1"),
        ("an open 'text ?", "an open 'text ?"), ("", ""),
    ])
    func placeholdersAndLikeAreTranslated(_ text: String, _ expected: String) {
        #expect(StatementText(text).text == expected)
    }

    @Test func onlyAQueryMayRunAgain() {
        #expect(StatementText(" \n SELECT 1").isQuery)
        #expect(!StatementText("INSERT INTO t SELECT 1").isQuery && !StatementText("WITH a AS (SELECT 1) DELETE FROM t").isQuery)
    }
}
