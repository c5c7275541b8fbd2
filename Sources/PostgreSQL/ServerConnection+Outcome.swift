// What became of a transaction whose COMMIT was not answered. The server is asked by the transaction's number (`pg_xact_status`), which says
// less than it seems to:
//
// - A number is on the disk only when something is that was written later. After a crash another transaction may get the same one, and
//   "committed" may be that one's. No crash was recovered from if no checkpoint came after what was on the disk when the transaction began:
//   recovery ends with one. "aborted" holds even then, because the number of a transaction that is committed is not given out again.
// - A standby that was promoted gives out numbers again that it has not heard of. It is on another timeline, and its answers do not count. Most
//   likely the transaction is undone there; but files are not removed on that account while the former primary may be the one that stays.
// - A commit that waits for a standby is "in progress"; but if the server ended its connection meanwhile it is "committed" without the standby.
//   So a commit of our own, which comes later, has to be through before.

import Database
import Time

extension ServerConnection {
    /// What is known of a transaction from its beginning: by it the server can be asked later how it ended.
    struct Ticket {
        let transaction: String
        let timeline: String
        /// How far the server's log was on the disk, for example "0/16B3748".
        let flushed: String

        private static let currentTimeline = "substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)"

        /// What makes one, in a transaction. (A standby refuses the first of these with 25006.)
        static let request = "SELECT pg_current_xact_id(), \(currentTimeline), pg_current_wal_flush_lsn()"

        /// - Parameter answer: to `request`.
        init(_ answer: Answer) throws {
            guard answer.next() else { throw DatabaseError(state: "", "no number of a transaction", in: "BEGIN") }
            self.init(transaction: answer.text(0), timeline: answer.text(1), flushed: answer.text(2))
        }

        init(transaction: String, timeline: String, flushed: String) {
            (self.transaction, self.timeline, self.flushed) = (transaction, timeline, flushed)
        }

        /// A row with the state, the timeline, and whether it is certain that there was no crash.
        var question: String {
            """
            SELECT pg_xact_status('\(transaction)'::xid8), \(Self.currentTimeline),
                (SELECT checkpoint_lsn < '\(flushed)'::pg_lsn FROM pg_control_checkpoint())::text
            """
        }
    }

    enum Outcome { case committed, aborted, open }

    /// After a connection was lost in COMMIT.
    ///
    /// - Throws: `DatabaseError`: `.unavailable` if the transaction was surely undone, otherwise `.unknownOutcome`.
    func findOutcome(_ ticket: Ticket, _ error: DatabaseError) throws {
        let unknown = DatabaseError(.unknownOutcome, message: error.message, description: error.description)
        for wait in Self.waits {
            switch try? outcome(ticket) {
            case .committed where isOnStandbys() && (try? outcome(ticket)) == .committed: return
            case .aborted: throw error
            case .committed: throw unknown
            case .open, nil: pause(microseconds: wait)
            }
        }
        throw unknown
    }

    /// Microseconds between two questions, about three seconds together.
    private static let waits = [10_000, 50_000, 200_000, 700_000, 2_000_000]

    /// - Returns: nil if the server cannot know.
    func outcome(_ ticket: Ticket) throws -> Outcome? {
        let answer = try connected().execute(ticket.question)
        guard answer.next(), answer.text(1) == ticket.timeline else { return nil }
        switch answer.text(0) {
        case "aborted": return .aborted
        case "in progress": return .open
        case "committed" where answer.text(2) == "true": return .committed
        default: return nil
        }
    }

    /// Whether all that is committed by now is where the server's commits have to be; the server may have become another one meanwhile. (A
    /// message in the server's log, which nobody reads, is a commit without a table.)
    private func isOnStandbys() -> Bool {
        (try? connected().execute("SELECT pg_logical_emit_message(true, 'imagebed', '')")) != nil
    }
}
