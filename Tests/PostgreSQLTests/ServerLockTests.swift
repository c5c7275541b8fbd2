import Database
@testable import PostgreSQL
import TestSupport
import Testing

/// Locks among machines, each of which is a connection here.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct ServerLockTests {
    let one: ServerConnection
    let other: ServerConnection

    init() throws {
        let words = try #require(DatabaseServer.shared).makeDatabase()
        (one, other) = (try ServerConnection(words), try ServerConnection(words))
    }

    /// Ends the connections of everybody but `survivor`.
    private func cut(but survivor: ServerConnection) throws {
        _ = try survivor.has("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    }

    @Test func oneMachineHasIt() throws {
        var held = try one.lock(.deletions, patience: 5)
        #expect(held != nil)
        #expect(try other.lock(.deletions, patience: nil) == nil)
        let error = #expect(throws: DatabaseError.self) { try other.lock(.deletions, patience: 1) }
        #expect(error?.kind == .busy)
        // Rows are written meanwhile, by both.
        try one.execute("CREATE TABLE a (n bigint)")
        try other.run("INSERT INTO a VALUES (1)")
        held = nil
        #expect(try other.lock(.deletions, patience: nil) != nil)
    }

    /// The server ends the connection of a machine that is dead; one that was only away must notice.
    @Test func whoLosesItHearsOfIt() throws {
        let held = try #require(try one.lock(.deletions, patience: nil) as? ServerLock)
        try held.check()
        try cut(but: other)
        held.forgetLastCheck()
        let error = #expect(throws: DatabaseError.self) { try held.check() }
        #expect(error?.kind == .unavailable)
        #expect(try other.lock(.deletions, patience: 1) != nil)
    }

    /// A machine that lost its power ends no connection.
    @Test func theServerLooksForDeadMachines() throws {
        func setting(_ name: String) throws -> String? { try one.first("SELECT current_setting(?)", name) { $0.text(0) } }
        let within = try one.write { try setting("idle_in_transaction_session_timeout") }
        #expect(within == "20s")
        #expect(try setting("idle_in_transaction_session_timeout") == "0")
    }

    /// What says nothing for too long has no transaction any more.
    @Test func silenceEndsATransaction() throws {
        try one.execute("CREATE TABLE a (n bigint)")
        let error = #expect(throws: DatabaseError.self) {
            try one.write {
                try one.run("INSERT INTO a VALUES (1)")
                _ = try one.has("SELECT set_config('idle_in_transaction_session_timeout', '1', true)")
                _ = becomesTrue { (try? other.has("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")) == false }
                try one.run("INSERT INTO a VALUES (2)")
            }
        }
        #expect(error?.kind == .unavailable)
        #expect(try one.has("SELECT 1 FROM a") == false)
    }
}
