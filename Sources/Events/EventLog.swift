// Who changes something says so here, in the transaction of the change: an event is there exactly if the change is. A site without receivers
// does not pay for it: one look at an empty table, and no write.

import Accounts
import Database
import Time

/// Where events are written down for receivers.
public struct EventLog {
    private let rows: EventRows
    private let receivers: ReceiverRows

    public init(database: any Database) {
        rows = EventRows(database: database)
        receivers = ReceiverRows(database: database)
    }

    /// Records an event, if there is a receiver; in the transaction of the change.
    ///
    /// - Parameter subject: asked for only where it is needed; nil records nothing.
    public func record(_ kind: EventKind, _ subject: () throws -> EventSubject?) throws {
        guard try receivers.isAny(), let subject = try subject() else { return }
        let owner = try subject.account.flatMap { try rows.name(ofAccount: $0) }
        // What imagebed doctor tries is to be as if it had never been.
        if let owner, Examiner.isName(owner) { return }
        try rows.insert(kind, subject, owner: owner, at: Now.seconds)
    }
}
