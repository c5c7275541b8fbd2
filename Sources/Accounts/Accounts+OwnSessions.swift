// What an account does with its own sessions. Each call names the account, so that nobody ends a session of somebody else by its number.

extension Accounts {
    /// The account's sessions, the last used first.
    ///
    /// - Parameters:
    ///   - current: the value of the request's session cookie.
    ///   - idleHours: a session that was not used for this long has ended.
    public func sessions(of account: Account, current: String?, idleHours: Int) throws -> [OwnSession] {
        try sessionRows.sessions(of: account.id, Accounts.digest(of: current ?? ""), at: now(), seenAfter: now() - idleHours * 3600)
    }

    /// The browsers of all accounts' last sessions that began after a moment and have not been removed, for the operator.
    ///
    /// - Parameter moment: seconds since 1970.
    public func browsers(since moment: Int, limit: Int) throws -> [Browser] { try sessionRows.browsers(since: moment, limit: limit) }

    /// Ends one session.
    ///
    /// - Returns: false if the account has none with this id.
    public func endSession(_ id: Int, of account: Account) throws -> Bool { try sessionRows.remove(id, of: account.id) }

    /// Ends all sessions but the request's own.
    ///
    /// - Returns: how many.
    @discardableResult
    public func endOtherSessions(of account: Account, current: String) throws -> Int {
        try sessionRows.removeAll(of: account.id, but: Accounts.digest(of: current))
    }
}
