// A lock of the server that lasts longer than a transaction with rows: a transaction without rows holds it, on a connection of its own. A
// session's lock would do with one connection, but through pgbouncer it would stay with a connection that somebody else gets next.

import Database
import Time

/// A lock that a transaction holds.
final class ServerLock: HeldLock {
    private let link: Link
    private var checked = Now.monotonicSeconds

    /// Distinguishes these locks from those of claims, which have one number.
    private static let space = 1

    /// Seconds between two looks at whether the lock is still held.
    private static let interval = 1.0

    /// After so many seconds without a word the server ends the transaction, whatever is between it and the machine. No single step between
    /// two checks takes as long.
    private static let longestSilence = 300

    /// What the server itself asks a machine behind TCP, because one that lost its power ends no connection: it notices after 25 seconds.
    private static let keepalives = """
        SET LOCAL tcp_keepalives_idle = 10; SET LOCAL tcp_keepalives_interval = 5; SET LOCAL tcp_keepalives_count = 3
        """

    /// - Parameters:
    ///   - link: used for nothing else.
    ///   - patience: seconds to wait; nil for not at all.
    /// - Returns: nil if it does not wait and another process has the lock.
    /// - Throws: `DatabaseError`, `.busy` if the wait was in vain.
    init?(_ work: ExclusiveWork, on link: Link, patience: Int?) throws {
        self.link = link
        let key = "(\(Self.space), \(work.rawValue))"
        let answer = try link.execute("""
            BEGIN; \(Self.keepalives); SET LOCAL idle_in_transaction_session_timeout = \(Self.longestSilence * 1_000);
            SET LOCAL lock_timeout = \((patience ?? 0) * 1_000); SET LOCAL statement_timeout = 0;
            SELECT (\(patience == nil ? "pg_try_advisory_xact_lock\(key)" : "pg_advisory_xact_lock\(key) IS NOT NULL"))::text, pg_is_in_recovery()::text
            """)
        guard answer.next() else { throw DatabaseError(state: "", "no answer", in: "lock") }
        // (A standby's locks are its own.)
        guard answer.text(1) == "false" else { throw DatabaseError(state: DatabaseError.readOnlyState, "the server is a standby", in: "lock") }
        guard answer.text(0) == "true" else { return nil }
    }

    func check() throws {
        let now = Now.monotonicSeconds
        guard now - checked >= Self.interval else { return }
        do { try link.execute("SELECT 1") } catch {
            throw DatabaseError(.unavailable, message: "the lock was lost", description: "the lock of this work was lost: \(error)")
        }
        checked = now
    }

    /// For tests: the next check looks.
    func forgetLastCheck() { checked -= Self.interval }

    /// The lock is free when this returns, not only when the server has noticed the end of the connection.
    deinit { if !link.isLost { _ = try? link.execute("ROLLBACK") } }
}

extension ServerConnection {
    /// Milliseconds between two statements of a transaction, in which there is no work on files. A machine that lost its power ends no
    /// connection, and without that nobody could write until the server's TCP noticed, by default after two hours.
    static let longestSilence = 20_000

    public func lock(_ work: ExclusiveWork, patience: Int?) throws -> (any HeldLock)? {
        let wait = ((patience ?? 0) + Self.usualPatience) * 1_000_000
        return try ServerLock(work, on: Link(words, patience: wait, library: library), patience: patience)
    }
}
