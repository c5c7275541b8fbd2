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
        #expect(try held.renewNow())
        held.end()
        #expect(try other.holder(of: .gc) == nil && lease(.gc, other, "web2") != nil && lease(.gc, one, "web1") == nil)
    }

    /// A program that was begun anew on the same node goes on; one that goes on as well hears of it, and ends no turn but its own.
    @Test func aTurnIsOneProgramsAlone() throws {
        let former = try #require(try lease(.gc, one, "web1"))
        let later = try #require(try lease(.gc, other, "web1"))
        #expect(try !former.renewNow() && later.renewNow())
        former.end()
        #expect(try one.holder(of: .gc) == "web1" && lease(.gc, one, "web2") == nil && later.renewNow())
    }

    /// Work that takes long keeps its turn, and stops where another node has begun.
    @Test func longWorkKeepsItsTurn() throws {
        let held = try #require(try lease(.expire, one, "web1"))
        try databases.connection.run("UPDATE lease SET ends_at = ends_at - 290")
        #expect(try held.renewNow() && other.holder(of: .expire) == "web1")
        let left = try databases.connection.first("SELECT ends_at - extract(epoch FROM clock_timestamp())::bigint FROM lease") { $0.integer(0) }
        #expect(left ?? 0 > 200)
        try databases.connection.run("UPDATE lease SET ends_at = ends_at - 400")
        let taken = try #require(try lease(.expire, other, "web2"))
        #expect(try !held.renewNow() && taken.renewNow())
    }

    @Test func aDeadNodesTurnEnds() throws {
        let first = try #require(try lease(.events, one, "web1"))
        try databases.connection.run("UPDATE lease SET ends_at = ends_at - 61")
        #expect(try other.holder(of: .events) == nil)
        let taken = try #require(try lease(.events, other, "web2"))
        // The first one hears of it, and takes nothing of the second one's away.
        #expect(try lease(.events, one, "web1") == nil)
        first.end()
        #expect(try one.holder(of: .events) == "web2" && taken.renewNow() && !first.renewNow())
    }

    @Test func aSiteInAFileIsAlone() throws {
        let held = try #require(try Lease(.gc, nil, node: ""))
        #expect(try held.renew() && Lease(.gc, nil, node: "") != nil)
        held.end()
    }
}
