import Database
import Media
@testable import MediaStore
import SiteTestSupport
import TestSupport
import Testing

/// How PostgreSQL goes about it where there is much to do.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct ServerPlanTests {
    private let fixture: Fixture
    private var database: any Database { fixture.database }

    init() throws { fixture = try Fixture(.postgresql) }

    private func fill(_ count: Int) throws {
        try fixture.databases.runWithoutTriggers("""
            INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            SELECT 1 + n % 2, '2024/04/' || left(md5(n::text), 9) || '.png', left(md5((-n)::text), 9) || '.png', 'png', 'image', n, ''::bytea, ''::bytea,
                1700000000 + n / 7
            FROM generate_series(1, \(count)) AS n
            """)
    }

    /// How often something was changed, or an index used, in a transaction.
    private func number(_ what: String) throws -> Int { try database.first("SELECT COALESCE((SELECT \(what)), 0)::bigint") { $0.integer(0) } ?? 0 }

    /// Each version that a transaction makes of a counter slows down its next change of it.
    private func expectFewChanges(of rows: Int, _ change: () throws -> Void) throws {
        try database.write {
            let changes = "SUM(n_tup_upd) FROM pg_stat_xact_user_tables WHERE relname IN ('counter', 'shelf', 'type_total', 'key_total', 'account_total', 'day_count')"
            let before = try number(changes)
            try change()
            #expect(try number(changes) - before < rows / 8)
        }
    }

    @Test func countersChangeOnceForManyRows() throws {
        try fill(2_000)
        let store = fixture.store, folder = try #require(StoredPath("2024/04"))
        for kind in MediaKind.allCases { try store.days.open(kind, at: 1_700_000_000) }
        let paths = try database.all("SELECT path FROM file") { try #require(StoredPath($0.text(0))) }
        try expectFewChanges(of: paths.count) { try store.addViews(Dictionary(uniqueKeysWithValues: paths.map { ($0, 2) })) }
        try expectFewChanges(of: paths.count) { try store.rows.beginDeletion(below: folder, at: 9, endedBy: 0) }
        try expectFewChanges(of: paths.count) { try database.run("UPDATE file SET state = 0") }
        try expectFewChanges(of: paths.count) { try database.run("DELETE FROM file WHERE id > 0") }
    }
}
