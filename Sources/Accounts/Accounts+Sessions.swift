// Sessions of browsers. The cookie is random; the database stores its digest only, so that a stolen backup cannot be used to log in.

import Crypto
import Database
import Text

extension Accounts {
    /// Minimum seconds between two updates of `seen_at`, so that most requests need no write.
    static let sightInterval = 300

    /// How many sessions an account has at most; a further one ends the one that was not used for the longest time.
    static let sessionLimit = 100

    /// Creates a session and returns the cookie's value. `logIn` calls it in the transaction that checks the account.
    ///
    /// - Parameter days: how long it lasts.
    func openSession(of account: Account, days: Int, in browser: Browser = .unknown) throws -> String {
        let session = Base64.encode(RandomBytes.make(32), .urlSafe)
        try database.write {
            try sessionRows.removeExpired(now())
            try sessionRows.insert(Accounts.digest(of: session), of: account.id, browser, at: now(), expiresAt: now() + days * 86_400)
            try sessionRows.remove(of: account.id, butLast: Accounts.sessionLimit)
        }
        return session
    }

    /// The account of a session; nil if the session has ended or the account is disabled or expired.
    ///
    /// - Parameters:
    ///   - session: the value of the session cookie.
    ///   - idleHours: a session that was not used for this long has ended.
    public func account(ofSession session: String?, idleHours: Int) throws -> Account? {
        guard let session else { return nil }
        let (hash, moment) = (Accounts.digest(of: session), now())
        let found = try sessionRows.session(hash, at: moment, seenAfter: moment - idleHours * 3600)
        guard let found else { return nil }
        // A time in the future (the clock was set back) is overwritten; a failed update is ignored.
        if moment - found.seenAt >= Accounts.sightInterval || found.seenAt > moment {
            try? sessionRows.markSight(of: hash, at: moment)
        }
        return try account(named: found.account)
    }

    /// Ends a session, if it exists.
    public func closeSession(_ session: String?) throws {
        if let session { try sessionRows.remove(Accounts.digest(of: session)) }
    }
}
