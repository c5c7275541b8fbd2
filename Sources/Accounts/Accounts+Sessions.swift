// Who logged in through a page. The cookie is random and says nothing; the database knows its digest alone, so that a stolen
// backup logs nobody in.

import Crypto
import Database
import Text

extension Accounts {
    /// A session is marked as used at most this often, in seconds: most requests need no write.
    static let sightInterval = 300

    /// Begins a session and returns the cookie's value. `logIn` does so in the transaction that knows that the account may.
    ///
    /// - Parameter days: how long it lasts.
    func openSession(of account: Account, days: Int) throws -> String {
        let session = Base64.encode(RandomBytes.make(32), .urlSafe)
        try database.write {
            try sessionRows.removeExpired(now())
            try sessionRows.insert(Accounts.digest(of: session), of: account.id, at: now(), expiresAt: now() + days * 86_400)
        }
        return session
    }

    /// Whose session this is: an account that can be used now, else nil.
    ///
    /// - Parameters:
    ///   - session: the value of the session cookie.
    ///   - idleHours: a session that was not used for so long has ended.
    public func account(ofSession session: String?, idleHours: Int) throws -> Account? {
        guard let session else { return nil }
        let (hash, moment) = (Accounts.digest(of: session), now())
        let found = try sessionRows.session(hash, at: moment, seenAfter: moment - idleHours * 3600)
        guard let found else { return nil }
        // A clock that was set back must not stop the marks; and a database that cannot be written now is no reason to log anybody out.
        if moment - found.seenAt >= Accounts.sightInterval || found.seenAt > moment {
            try? sessionRows.markSight(of: hash, at: moment)
        }
        return try account(named: found.account)
    }

    /// Ends a session; none is no error.
    public func closeSession(_ session: String?) throws {
        if let session { try sessionRows.remove(Accounts.digest(of: session)) }
    }
}
