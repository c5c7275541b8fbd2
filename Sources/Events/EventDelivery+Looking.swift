// What the operator sees of deliveries and changes in them, while a process delivers.

import Database

/// A receiver as it is shown.
public struct ReceiverState: Sendable {
    public let receiver: Receiver
    /// Events that it has not taken, and when the first of them happened (seconds since 1970).
    public let waiting: Int
    public let waitingSince: Int?
}

extension EventDelivery {
    /// All receivers in order of their names.
    public func states() throws -> [ReceiverState] {
        try database.read {
            try receivers.all().map { receiver in
                ReceiverState(receiver: receiver, waiting: try rows.count(after: receiver.deliveredID),
                              waitingSince: try rows.next(after: receiver.deliveredID)?.happenedAt)
            }
        }
    }

    /// The newest events, the last one first.
    public func newest(atMost count: Int) throws -> [StoredEvent] { try rows.newest(atMost: count) }

    /// Counts the next event of a receiver as taken, or all that have happened by now.
    ///
    /// - Returns: how many; nil if there is no such receiver.
    public func skip(_ name: String, all: Bool) throws -> Int? {
        try database.write {
            guard let receiver = try receivers.all().first(where: { $0.name == name }) else { return nil }
            let last = try all ? rows.lastID() : rows.next(after: receiver.deliveredID)?.id ?? receiver.deliveredID
            let skipped = try rows.count(after: receiver.deliveredID, upTo: last)
            try receivers.noteSuccess(name, last)
            return skipped
        }
    }

    /// Makes the next event of a receiver due at once.
    ///
    /// - Returns: false if there is no such receiver.
    public func retry(_ name: String) throws -> Bool { try receivers.retryNow(name) }
}
