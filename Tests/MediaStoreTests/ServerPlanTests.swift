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

    /// What `SearchPairs` would make of all names, by the server.
    private func indexNames() throws {
        func pairs(_ name: String) -> String {
            """
            (SELECT string_agg(to_hex(ascii(substr(\(name), n, 1))) || '_' || to_hex(ascii(substr(\(name), n + 1, 1))), ' ' ORDER BY n)
            FROM generate_series(1, length(\(name)) - 1) AS n)
            """
        }
        // (In parts that a busy machine ends in the time that a statement has.)
        for start in stride(from: 0, to: try fixture.store.rows.lastID(), by: 5_000) {
            try fixture.databases.runWithoutTriggers("""
                INSERT INTO file_search SELECT id, \(pairs("original_name")), \(pairs("substr(path, 9)")) FROM file
                WHERE id > \(start) AND id <= \(start + 5_000)
                """)
        }
        let one = try #require(try database.first("SELECT original_name, original FROM file JOIN file_search ON rowid = id LIMIT 1") { ($0.text(0), $0.text(1)) })
        #expect(SearchPairs(one.0).text == one.1)
        try fixture.store.names.deriving.setNext(.names, to: fixture.store.rows.lastID() + 1)
        try database.run("ANALYZE")
    }

    /// How often something was changed, or an index used, in a transaction.
    private func number(_ what: String) throws -> Int { try database.first("SELECT COALESCE((SELECT \(what)), 0)::bigint") { $0.integer(0) } ?? 0 }

    /// Each version that a transaction makes of a counter slows down its next change of it.
    private func expectFewChanges(of rows: Int, _ change: () throws -> Void) throws {
        let tables = SlottedTable.all.flatMap { [$0.name, Slots.table(of: $0.name)] }.map { "'\($0)'" }
        try database.write {
            let changes = "SUM(n_tup_ins + n_tup_upd) FROM pg_stat_xact_user_tables WHERE relname IN (\(tables.joined(separator: ", ")))"
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

    @Test func namesAreFoundByTheirIndex() throws {
        try fill(100_000)
        try indexNames()
        let (name, path) = try #require(try database.first("SELECT original_name, path FROM file WHERE id = 777") { ($0.text(0), $0.text(1)) })
        for text in [String(name.dropFirst(2).prefix(7)), String(path.dropFirst(8).prefix(8))] {
            try expectUse(ofIndex: "file_search_pairs") {
                let found = try fixture.store.part(PartRequest(.owned(2), order: .matches, size: 10, search: text)).files.count
                #expect(found == 1)
            }
        }
        try expectUse(ofIndex: "file_search_pairs") {
            let found = try fixture.store.list(ListRequest(search: String(name.prefix(8)))).files.map(\.id)
            #expect(found == [777])
        }
    }

    /// No rows wait to be counted there, and the server expects a third of all to do so.
    @Test func nothingIsReadForRowsThatWait() throws {
        try fill(30_000)
        try database.run("UPDATE file SET views = id * 7919 % 1000 WHERE id * 7919 % 3 = 0")
        try database.run("ANALYZE file")
        let store = fixture.store
        try database.read {
            let reads = "seq_scan + idx_scan FROM pg_stat_xact_user_tables WHERE relid = 'file'::regclass"
            let before = try number(reads)
            _ = try (store.statistics(), store.numbers(of: 1), store.typeTotals(), store.totals.keys(atMost: 9), store.filesOfToday(), store.monthCounts())
            _ = try store.shelves.start(of: 5_000, in: .views, descending: true)
            let after = try number(reads)
            #expect(after == before)
        }
    }

    /// (The server counts on from transactions that it has not reported yet.)
    private func expectUse(ofIndex name: String, _ search: () throws -> Void) throws {
        let uses = "pg_stat_get_xact_numscans('\(name)'::regclass)"
        let scans = "SUM(seq_scan) FROM pg_stat_xact_user_tables WHERE relname IN ('file', 'file_search')"
        try database.read {
            let before = try (number(uses), number(scans))
            try search()
            let after = try (number(uses), number(scans))
            #expect(after.0 > before.0)
            #expect(after.1 == before.1)
        }
    }
}
