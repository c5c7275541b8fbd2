// How often somebody may try what can be guessed: a password, an old delete link. Counts lie in the database, because the
// processes that serve a path know nothing of one another.

import Database

/// How many attempts one window of time allows.
public struct AttemptLimit: Sendable {
    public let count: Int
    /// Seconds.
    public let window: Int

    public init(_ count: Int, within window: Int) {
        self.count = count
        self.window = window
    }
}

extension Accounts {
    /// Counts an attempt and tells whether it is within the limit.
    ///
    /// - Parameters:
    ///   - kind: what is tried, such as "login".
    ///   - who: the client's address.
    ///   - limit: attempts within one window.
    ///   - window: seconds.
    public func mayTry(_ kind: String, who: String, limit: Int, window: Int) throws -> Bool {
        try database.write {
            try attemptRows.removeEnded(now())
            return try count(kind, who, window) <= limit
        }
    }

    /// Takes back what `mayTry` counted last: it was no guess.
    public func takeBack(_ kind: String, who: String) throws {
        try attemptRows.countOneLess(kind, who)
    }

    /// Counts an attempt in several windows, so that whoever goes on waits longer and longer.
    ///
    /// - Returns: how many seconds remain until another attempt is allowed; 0 when this one is.
    func wait(_ kind: String, who: String, _ limits: [AttemptLimit]) throws -> Int {
        try database.write {
            try attemptRows.removeEnded(now())
            return try limits.reduce(0) { wait, limit in
                let isOver = try count("\(kind) \(limit.window)", who, limit.window) > limit.count
                return isOver ? max(wait, limit.window - now() % limit.window) : wait
            }
        }
    }

    /// Takes an attempt back: it was no guess.
    func takeBack(_ kind: String, who: String, _ limits: [AttemptLimit]) throws {
        try database.write {
            for limit in limits { try attemptRows.countOneLess("\(kind) \(limit.window)", who) }
        }
    }

    /// Counts an attempt; the window begins where the clock can be divided by its length.
    private func count(_ kind: String, _ who: String, _ window: Int) throws -> Int {
        try attemptRows.countOneMore(kind, who, endsAt: now() / window * window + window)
    }
}
