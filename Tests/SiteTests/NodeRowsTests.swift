import Database
@testable import Site
import SiteTestSupport
import TestSupport
import Testing

/// How far nodes have followed each other.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct NodeRowsTests {
    let databases: TestDatabase
    private let rows: NodeRows

    init() throws {
        databases = try TestDatabase(.postgresql)
        rows = NodeRows(database: recorded(databases.connection))
    }

    private func remove(_ path: String) throws { try databases.connection.run("INSERT INTO removal (path, at) VALUES (?, extract(epoch FROM now())::bigint)", path) }

    @Test func aNodeGoesOnWhereItWas() throws {
        let new = try #require(try rows.state(of: "web1"))
        #expect(new.own == nil && new.lastRemoval == 0)
        try remove("a")
        try remove("b")
        try rows.note("web1", removal: 1, settings: new.settings)
        let known = try #require(try rows.state(of: "web1"))
        #expect(known.lastRemoval == 2 && known.own?.removal == 1 && known.own?.settings == new.settings)
        #expect(try rows.removals(after: 1, atMost: 9).map(\.path) == ["b"] && rows.removals(after: 0, atMost: 1).map(\.path) == ["a"])
        #expect(try rows.names() == ["web1"] && rows.silence(of: "web1") ?? 9 < 9 && rows.silence(of: "web2") == nil)
    }

    @Test func eachChangeOfASettingIsAnotherVersion() throws {
        func version() throws -> Int { try rows.state(of: "a")?.settings ?? -1 }
        let first = try version()
        try databases.connection.run("INSERT INTO settings VALUES ('a', 'b')")
        let second = try version()
        try databases.connection.run("DELETE FROM settings WHERE key = 'a'")
        #expect(try second > first && version() > second)
    }

    @Test func whatAllHaveFollowedIsForgotten() throws {
        for path in ["a", "b", "c"] { try remove(path) }
        try rows.note("web1", removal: 3, settings: 0)
        try rows.note("web2", removal: 2, settings: 0)
        try rows.tidy(after: 60)
        #expect(try rows.removals(after: 0, atMost: 9).map(\.path) == ["c"])
        try databases.connection.run("UPDATE node SET seen_at = seen_at - 99 WHERE name = 'web2'")
        try rows.tidy(after: 60)
        #expect(try rows.names() == ["web1"] && rows.removals(after: 0, atMost: 9).isEmpty)
    }

    @Test func withAnOlderCopyEachNodeIsNew() throws {
        for node in ["web1", "web2"] { try rows.note(node, removal: 3, settings: 0) }
        try rows.forgetAll()
        #expect(try rows.names().isEmpty && rows.state(of: "web1")?.own == nil)
    }
}
