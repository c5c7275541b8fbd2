import Database
@testable import Site
import SiteTestSupport
import TestSupport
import Testing

/// Two nodes of a site.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct LeaseTests {
    let databases: TestDatabase
    private let one: LeaseRows
    private let other: LeaseRows

    init() throws {
        databases = try TestDatabase(.postgresql)
        one = LeaseRows(database: recorded(databases.connection))
        other = LeaseRows(database: try databases.another())
    }

    private func lease(_ work: SharedWork, _ rows: LeaseRows, _ node: String) throws -> Lease? { try Lease(work, rows, node: node) }

    @Test func oneNodeHasTheTurn() throws {
        let held = try #require(try lease(.gc, one, "web1"))
        #expect(try lease(.gc, other, "web2") == nil && other.holder(of: .gc) == "web1")
        // Other work is another's.
        #expect(try lease(.expire, other, "web2") != nil)
        // A program that was begun anew on the same node goes on.
        #expect(try lease(.gc, one, "web1") != nil && held.renew())
        held.end()
        #expect(try other.holder(of: .gc) == nil && lease(.gc, other, "web2") != nil && lease(.gc, one, "web1") == nil)
    }

    @Test func aDeadNodesTurnEnds() throws {
        _ = try lease(.events, one, "web1")
        try databases.connection.run("UPDATE lease SET ends_at = ends_at - 61")
        #expect(try other.holder(of: .events) == nil)
        let taken = try #require(try lease(.events, other, "web2"))
        // The first one hears of it, and takes nothing of the second one's away.
        #expect(try lease(.events, one, "web1") == nil)
        try one.end(.events, for: "web1")
        #expect(try one.holder(of: .events) == "web2" && taken.renew())
    }

    @Test func aSiteInAFileIsAlone() throws {
        let held = try #require(try Lease(.gc, nil, node: ""))
        #expect(try held.renew() && Lease(.gc, nil, node: "") != nil)
        held.end()
    }
}
