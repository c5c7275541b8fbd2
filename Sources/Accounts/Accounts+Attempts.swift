// Rate limits for what can be guessed: passwords and old delete links. Counters are in the database because each path is served by
// processes of its own.

import Database

/// How many attempts are allowed within one time window.
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
    /// Counts an attempt and returns whether it is within the limit.
    ///
    /// - Parameters:
    ///   - kind: what is attempted, such as "login".
    ///   - who: the client's address.
    ///   - limit: attempts within one window.
    ///   - window: seconds.
    public func mayTry(_ kind: String, who: String, limit: Int, window: Int) throws -> Bool {
        try database.write {
            try attemptRows.removeEnded(now())
            return try count(kind, who, window) <= limit
        }
    }

    /// Reverts the last count of `mayTry`: the attempt succeeded.
    public func takeBack(_ kind: String, who: String) throws {
        try attemptRows.countOneLess(kind, who)
    }

    /// Counts an attempt in several windows, so that the wait grows with the number of attempts.
    ///
    /// - Returns: seconds until the next attempt is allowed; 0 if this one is.
    func wait(_ kind: String, who: String, _ limits: [AttemptLimit]) throws -> Int {
        try database.write {
            try attemptRows.removeEnded(now())
            return try limits.reduce(0) { wait, limit in
                let isOver = try count("\(kind) \(limit.window)", who, limit.window) > limit.count
                return isOver ? max(wait, limit.window - now() % limit.window) : wait
            }
        }
    }

    /// Reverts the count of an attempt that succeeded.
    func takeBack(_ kind: String, who: String, _ limits: [AttemptLimit]) throws {
        try database.write {
            for limit in limits { try attemptRows.countOneLess("\(kind) \(limit.window)", who) }
        }
    }

    /// Counts an attempt; windows begin at multiples of their length.
    private func count(_ kind: String, _ who: String, _ window: Int) throws -> Int {
        try attemptRows.countOneMore(kind, who, endsAt: now() / window * window + window)
    }
}
