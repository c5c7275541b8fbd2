// The statements on the table `event_receiver`.

import Database

/// A receiver, and how far it is.
public struct Receiver: Sendable, Equatable {
    public let name: String
    /// The last event that it has taken; those of before it appeared count as taken.
    public let deliveredID: Int
    /// How often the next event has failed.
    public let failures: Int
    /// Seconds since 1970 before which that is not tried again.
    public let nextTryAt: Int
    /// Why it failed last; empty if it did not.
    public let said: String
    /// How many events it has lost because it was too far behind, and when that was last.
    public let lost: Int
    public let lostAt: Int?
    /// Since when its executable is not there; nil if it is.
    public let missingSince: Int?
}

struct ReceiverRows {
    let database: any Database

    func isAny() throws -> Bool { try database.has("SELECT 1 FROM event_receiver") }

    func all() throws -> [Receiver] {
        try database.all(
            "SELECT name, delivered_id, failures, next_try_at, said, lost, lost_at, missing_since FROM event_receiver ORDER BY name"
        ) { row in
            Receiver(name: row.text(0), deliveredID: row.integer(1), failures: row.integer(2), nextTryAt: row.integer(3), said: row.text(4),
                     lost: row.integer(5), lostAt: row.optionalInteger(6), missingSince: row.optionalInteger(7))
        }
    }

    func insert(_ name: String, deliveredID: Int) throws {
        try database.run("INSERT INTO event_receiver (name, delivered_id) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, deliveredID)
    }

    func remove(_ name: String) throws { try database.run("DELETE FROM event_receiver WHERE name = ?", name) }

    func setMissing(_ name: String, since moment: Int?) throws {
        try database.run("UPDATE event_receiver SET missing_since = ? WHERE name = ?", moment, name)
    }

    /// (Somebody may have skipped the event meanwhile: nothing goes back.)
    func noteSuccess(_ name: String, _ event: Int) throws {
        try database.run(
            "UPDATE event_receiver SET delivered_id = ?1, failures = 0, next_try_at = 0, said = '' WHERE name = ?2 AND delivered_id < ?1", event, name)
    }

    func noteFailure(_ name: String, _ event: Int, _ said: String, nextTryAt: Int) throws {
        try database.run(
            "UPDATE event_receiver SET failures = failures + 1, next_try_at = ?, said = ? WHERE name = ? AND delivered_id < ?",
            nextTryAt, said, name, event)
    }

    func noteLoss(_ name: String, _ count: Int, at moment: Int) throws {
        try database.run("UPDATE event_receiver SET lost = lost + ?, lost_at = ? WHERE name = ?", count, moment, name)
    }

    /// - Returns: false if there is no such receiver.
    func retryNow(_ name: String) throws -> Bool {
        try database.run("UPDATE event_receiver SET next_try_at = 0 WHERE name = ?", name) == 1
    }
}
