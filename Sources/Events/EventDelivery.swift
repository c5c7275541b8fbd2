// Which receiver is to get which event when. Each receiver has its own place in the one order of events: what a receiver has not taken holds
// up none of the others, and what it has taken is written down before it gets the next one. So it gets each event at least once, and never
// one before an earlier one.

import Database
import Time

/// An event that a receiver is to be given now.
public struct Attempt: Sendable {
    public let receiver: String
    public let event: StoredEvent
    /// How often this event has failed before.
    public let failures: Int
}

/// The state of all deliveries; one process of a site has one at a time.
public final class EventDelivery {
    let database: any Database
    let rows: EventRows
    let receivers: ReceiverRows
    private let now: () -> Int
    /// The events that receivers are working on.
    private var running: [String: Attempt] = [:]
    /// Up to this id no event can come up any more.
    private var settledID = 0

    /// How long events are kept, in seconds, and how many: a receiver that is further behind loses the oldest.
    public static let keptSeconds = 7 * 86_400
    public static let keptRows = 100_000
    /// Seconds before a failed event is tried again: these, then twice as long each time, up to the second number.
    public static let firstWait = 10, longestWait = 3_600
    /// Receivers of one site.
    public static let most = 32
    /// Seconds for which an executable may be away (it is being replaced) before its receiver is forgotten.
    public static let grace = 600
    private static let removedAtOnce = 1_000
    /// Characters of why an event failed.
    private static let saidLimit = 200

    /// - Parameter now: seconds since 1970.
    public init(database: any Database, now: @escaping () -> Int = { Now.seconds }) {
        (self.database, self.now) = (database, now)
        rows = EventRows(database: database)
        receivers = ReceiverRows(database: database)
    }

    /// Takes over which executables there are. A new receiver gets what happens from now on.
    ///
    /// - Parameter adds: false only forgets those that are gone.
    /// - Returns: whether anybody receives events, or did until a moment ago.
    @discardableResult
    public func follow(_ names: [String], adds: Bool = true) throws -> Bool {
        let known = try receivers.all(), present = Set(names.prefix(EventDelivery.most))
        let isSettled = Set(known.map(\.name)) == present && known.allSatisfy { $0.missingSince == nil }
        if isSettled { return !known.isEmpty }
        return try database.write {
            for receiver in try receivers.all() { try follow(receiver, isThere: present.contains(receiver.name)) }
            if adds { for name in present.sorted() { try receivers.insert(name, deliveredID: rows.lastID()) } }
            return try receivers.isAny()
        }
    }

    private func follow(_ receiver: Receiver, isThere: Bool) throws {
        switch (isThere, receiver.missingSince) {
        case (true, nil): break
        case (true, _): try receivers.setMissing(receiver.name, since: nil)
        case (false, nil): try receivers.setMissing(receiver.name, since: now())
        case (false, let since?):
            // (A clock that was set back waits no longer than the grace.)
            if abs(now() - since) >= EventDelivery.grace { try receivers.remove(receiver.name) }
        }
    }

    /// The events to be given to receivers now. Each of them has to be ended before its receiver gets another one.
    public func due() throws -> [Attempt] {
        var attempts = try waiting()
        if attempts.contains(where: { $0.event.id > settledID }) {
            // (While somebody writes for long it is not known what is still to come.)
            do { settledID = try database.settled { try rows.lastID() } } catch let error as DatabaseError where error.kind == .busy {}
            attempts = try waiting().filter { $0.event.id <= settledID }
        }
        for attempt in attempts { running[attempt.receiver] = attempt }
        return attempts
    }

    /// The next event of each receiver that could be given one.
    private func waiting() throws -> [Attempt] {
        let moment = now()
        return try database.read {
            try receivers.all().compactMap { receiver in
                guard running[receiver.name] == nil, receiver.missingSince == nil, isDue(receiver, at: moment),
                      let event = try rows.next(after: receiver.deliveredID) else { return nil }
                return Attempt(receiver: receiver.name, event: event, failures: receiver.failures)
            }
        }
    }

    /// (A time that is further away than any wait was written before the clock was set back.)
    private func isDue(_ receiver: Receiver, at moment: Int) -> Bool {
        receiver.nextTryAt <= moment || receiver.nextTryAt > moment + EventDelivery.longestWait
    }

    /// Writes down what became of an attempt.
    ///
    /// - Parameter failure: why the receiver has not taken the event; nil if it has.
    /// - Returns: the attempt, and after how many seconds it is due again; nil for a receiver that was given nothing.
    @discardableResult
    public func end(_ receiver: String, failure: String?) throws -> (attempt: Attempt, wait: Int?)? {
        guard let attempt = running[receiver] else { return nil }
        var wait: Int?
        if let failure {
            let seconds = EventDelivery.wait(after: attempt.failures + 1)
            try receivers.noteFailure(receiver, attempt.event.id, String(failure.prefix(EventDelivery.saidLimit)), nextTryAt: now() + seconds)
            wait = seconds
        } else {
            try receivers.noteSuccess(receiver, attempt.event.id)
        }
        running[receiver] = nil
        return (attempt, wait)
    }

    /// - Parameter failures: how often the event has failed by now, at least once.
    static func wait(after failures: Int) -> Int {
        (1..<max(1, failures)).reduce(firstWait) { wait, _ in min(wait * 2, longestWait) }
    }

    /// Removes events that are too old or too many, and notes which receivers have lost some.
    public func tidy() throws {
        let last = try database.settled {
            // The last one first: what happens from here on has a higher id, and is neither old nor too many.
            let newest = try rows.lastID()
            // (All of them may be old.)
            let young = try rows.first(since: now() - EventDelivery.keptSeconds) ?? .max
            return try max(rows.last(butNewest: EventDelivery.keptRows) ?? 0, min(young - 1, newest))
        }
        guard last > 0 else { return }
        var removed = 0
        repeat {
            removed = try database.write {
                let end = try rows.ending(first: EventDelivery.removedAtOnce, upTo: last)
                guard let end else { return 0 }
                for receiver in try receivers.all() {
                    let lost = try rows.count(after: receiver.deliveredID, upTo: end)
                    if lost > 0 { try receivers.noteLoss(receiver.name, lost, at: now()) }
                }
                return try rows.remove(upTo: end)
            }
        } while removed > 0
    }
}
