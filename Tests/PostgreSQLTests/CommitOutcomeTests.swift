import Database
import Glibc
@testable import PostgreSQL
import TestSupport
import Testing

/// Commits whose answer does not come: what is a success is there, what is undone is not, and what nobody can know is called so.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct CommitOutcomeTests {
    let server: DatabaseServer
    let words: String
    let database: ServerConnection

    init() throws {
        server = try #require(DatabaseServer.shared)
        words = server.makeDatabase()
        database = try ServerConnection(words)
        try database.execute("CREATE TABLE t (i bigint)")
    }

    private func count(_ database: ServerConnection) throws -> Int { try database.first("SELECT COUNT(*) FROM t") { $0.integer(0) } ?? -1 }

    @Test func aTransactionThatIsLostInCommitIsFoundUndone() throws {
        try database.execute("""
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER die AFTER INSERT ON t INITIALLY DEFERRED FOR EACH ROW WHEN (new.i = 1) EXECUTE FUNCTION die()
            """)
        #expect(refusal { try database.run("INSERT INTO t (i) VALUES (1)") } == .unavailable)
        try database.run("INSERT INTO t (i) VALUES (2)")
        #expect(try database.all("SELECT i FROM t") { $0.integer(0) } == [2])
    }

    @Test func aCommitWhoseAnswerIsLostIsASuccess() throws {
        let proxy = CommitProxy(server, losing: .answer)
        let far = try ServerConnection(proxy.words(words))
        try far.run("INSERT INTO t (i) VALUES (1)")
        #expect(try count(database) == 1)
    }

    @Test func aCommitThatNeverCameIsFoundUndone() throws {
        let proxy = CommitProxy(server, losing: .question)
        let far = try ServerConnection(proxy.words(words))
        #expect(refusal { try far.run("INSERT INTO t (i) VALUES (1)") } == .unavailable)
        #expect(try count(database) == 0)
    }

    /// A standby that was promoted gives out numbers again that it has not heard of. And of a number that was not given out nothing can be said.
    @Test func anOutcomeThatNobodyKnowsIsUnknown() throws {
        var ticket: ServerConnection.Ticket?
        try database.write { ticket = try ServerConnection.Ticket(database.connected().execute(ServerConnection.Ticket.request)) }
        let known = try #require(ticket)
        #expect(try database.outcome(known) == .committed)
        #expect(try database.outcome(ServerConnection.Ticket(transaction: known.transaction, timeline: "0000000F", flushed: known.flushed)) == nil)
        #expect(throws: DatabaseError.self) {
            try database.outcome(ServerConnection.Ticket(transaction: "999999999", timeline: known.timeline, flushed: known.flushed))
        }
    }

    /// The number of a transaction is not on the disk before something that came later is: after a crash another one may get it.
    @Test func theNumberOfALostTransactionMayBeAnotherOnesAfterACrash() throws {
        // (So nothing but transactions is written.)
        let server = try #require(DatabaseServer.another("-c wal_level=minimal -c max_wal_senders=0"))
        let words = server.makeDatabase()
        let (one, other) = (try ServerConnection(words), try ServerConnection(words))
        try other.execute("CREATE TABLE t (i bigint)")
        func number(_ database: ServerConnection) throws -> String? { try database.first("SELECT pg_current_xact_id()::text") { $0.text(0) } }
        var numbers: [String?] = []
        #expect(refusal {
            try one.write {
                numbers.append(try number(one))
                server.crash()
                try other.write {
                    numbers.append(try number(other))
                    try other.run("INSERT INTO t (i) VALUES (2)")
                }
            }
        } == .unknownOutcome)
        #expect(numbers.count == 2 && numbers[0] == numbers[1])
        try one.run("INSERT INTO t (i) VALUES (3)")
        #expect(try count(other) == 2)
    }

    /// A server whose standby does not answer, until `body` has ended.
    private func withoutStandby(_ body: (DatabaseServer, String) throws -> Void) throws {
        let server = try #require(DatabaseServer.another("-c wal_level=replica"))
        let words = server.makeDatabase()
        try ServerConnection(words).execute("CREATE TABLE t (i bigint)")
        func setStandbys(_ name: String) {
            server.execute("ALTER SYSTEM SET synchronous_standby_names = '\(name)'")
            server.execute("SELECT pg_reload_conf()")
            precondition(becomesTrue { server.execute("SHOW synchronous_standby_names") == name + "\n" })
        }
        setStandbys("nobody")
        try body(server, words)
        setStandbys("")
        #expect(becomesTrue { server.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == "0\n" })
    }

    /// (Nor may the limit of a statement's time end the wait, which the server would call a success.)
    @Test func whatTheStandbyHasNotIsNoSuccess() throws {
        try withoutStandby { _, words in
            #expect(refusal { try ServerConnection(words, patience: 1).run("INSERT INTO t (i) VALUES (1)") } == .unknownOutcome)
        }
    }

    /// On the server itself such a transaction is committed.
    @Test func whatTheStandbyHasNotIsNoSuccessLaterEither() throws {
        try withoutStandby { server, words in
            let waits = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            let ending = Worker { _ = becomesTrue { server.execute("SELECT pg_terminate_backend(pid) \(waits)") == "t\n" } }
            #expect(refusal { try ServerConnection(words, patience: 1).run("INSERT INTO t (i) VALUES (1)") } == .unknownOutcome)
            ending.join()
        }
    }
}

/// A thread of its own.
private final class Worker {
    private var thread = pthread_t()

    init(_ body: @escaping () -> Void) {
        final class Box {
            let body: () -> Void
            init(_ body: @escaping () -> Void) { self.body = body }
        }
        pthread_create(&thread, nil, { context in
            Unmanaged<Box>.fromOpaque(context!).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    }

    func join() { pthread_join(thread, nil) }
}
