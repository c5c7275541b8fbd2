import Database
import Glibc
@testable import PostgreSQL
import TestSupport
import Testing

/// What a claim keeps from others, told by locks that are only tried.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct ClaimTests {
    let one, other: ServerConnection

    init() throws {
        let words = try #require(DatabaseServer.shared).makeDatabase()
        (one, other) = (try ServerConnection(words), try ServerConnection(words))
    }

    private static let narrow: [Claim] = [.rows, .sync(account: 1, key: "a"), .file(1), .path("1"), .key("a", "1")]

    private func isFree(_ lock: String) throws -> Bool { try other.first("SELECT pg_try_advisory_xact_lock\(lock)") { $0.integer(0) } == 1 }

    private func own(_ claim: Claim) -> String { claim.locks.split(separator: ";").last?.split(separator: "lock").last.map(String.init) ?? "" }

    @Test(arguments: narrow) func wholeWaitsForEveryClaim(_ claim: Claim) throws {
        let found = try one.write(claim) { try [isFree("(0)"), isFree("_shared(0)")] }
        #expect(found == [false, true])
        #expect(try isFree("(0)"))
    }

    @Test func everyClaimWaitsForWhole() throws {
        let isFree = try one.write { try self.isFree("_shared(0)") }
        #expect(!isFree)
        #expect(try self.isFree("_shared(0)"))
    }

    @Test(arguments: narrow.dropFirst()) func aClaimWaitsForItsEqual(_ claim: Claim) throws {
        let free = try one.write(claim) { try Self.narrow.dropFirst().filter { try isFree(own($0)) }.map(own) }
        #expect(free == Self.narrow.dropFirst().map(own).filter { $0 != own(claim) })
    }

    /// Those who add to the same slots of counters wait before they change any row.
    @Test(arguments: [nil, 1]) func whoCountsHasItsSlots(_ account: Int?) throws {
        let claim = Claim.counted(account: account)
        let (slot, found, equal) = try one.write(claim) {
            let slot = try one.first("SELECT (pg_backend_pid() % \(Slots.count))::bigint") { $0.integer(0) } ?? -1
            return try (slot, [isFree("(0)"), isFree("_shared(0)"), isFree("(2, \(slot))"), isFree("(2, \(Slots.count))")], isFree("(\(Claim.number(of: "files of 1")))"))
        }
        #expect(found == [false, true, false, true] && equal == (account == nil))
        #expect(try isFree("(2, \(slot))"))
    }

    @Test func claimsDifferByAllTheyName() {
        let claims: [Claim] = Self.narrow + [.sync(account: 2, key: "a"), .sync(account: 1, key: "b"), .file(2), .path("a"), .key("b", "1"), .key("a", "a"), .whole, .counted(account: nil), .counted(account: 1), .counted(account: 2)]
        #expect(Set(claims.map(\.locks)).count == claims.count)
    }

    @Test func whatJoinsATransactionHasItsClaim() throws {
        let isFree = try one.write(.rows) { try one.write(.file(1)) { try self.isFree(own(.file(1))) } }
        #expect(isFree)
    }

    /// Two transactions that wait for each other's rows both come to their end.
    @Test func aDeadlockIsRepeated() throws {
        try one.execute("CREATE TABLE t (id bigint PRIMARY KEY, n bigint NOT NULL); INSERT INTO t VALUES (0, 0), (1, 0)")
        let connections = [one, other]
        let meeting = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)
        pthread_barrier_init(meeting, nil, 2)
        defer { meeting.deallocate() }
        try inThreads(2) { number in
            var isFirst = true
            try connections[number].write(.rows) {
                try connections[number].run("UPDATE t SET n = n + 1 WHERE id = ?", number)
                if isFirst { pthread_barrier_wait(meeting) }
                isFirst = false
                try connections[number].run("UPDATE t SET n = n + 1 WHERE id = ?", 1 - number)
            }
        }
        #expect(try one.all("SELECT n FROM t") { $0.integer(0) } == [2, 2])
    }
}
