// Who logged in through a page. The cookie is random and says nothing; the database knows its digest alone, so that a stolen
// backup logs nobody in.

import Crypto
import Database
import HTTP
import Settings
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

    /// Who sent a request, by its session cookie: an account that can be used now, else nil. A session that was not used for as long as
    /// the settings say has ended.
    public func account(ofSession request: Request, _ settings: Settings) throws -> Account? {
        guard let session = session(of: request, settings) else { return nil }
        let (hash, moment) = (Accounts.digest(of: session), now())
        let found = try sessionRows.session(hash, at: moment, seenAfter: moment - settings.forms.sessionIdleHours * 3600)
        guard let found else { return nil }
        // A clock that was set back must not stop the marks; and a database that cannot be written now is no reason to log anybody out.
        if moment - found.seenAt >= Accounts.sightInterval || found.seenAt > moment {
            try? sessionRows.markSight(of: hash, at: moment)
        }
        return try account(named: found.account)
    }

    /// Ends the session of a request.
    ///
    /// - Returns: false when there was none.
    public func closeSession(of request: Request, _ settings: Settings) throws -> Bool {
        guard let session = session(of: request, settings) else { return false }
        return try sessionRows.remove(Accounts.digest(of: session))
    }

    /// What a form of a logged-in page carries, so that no other site can send it: it follows from the cookie, which other
    /// sites cannot read.
    public func formToken(of request: Request, _ settings: Settings) -> String? {
        session(of: request, settings).map { Hexadecimal.encode(SHA256.hash(Array(("form " + $0).utf8))) }
    }

    /// Whether a form that changes something came from a page of this site: the form carries the token, or the browser says so. What
    /// another site's page sends is refused whatever it holds, and so is a wrong token.
    ///
    /// - Parameter token: the field `form_token`.
    public func isOwnForm(_ request: Request, token: String?, _ settings: Settings) -> Bool {
        let source = request.source(site: settings.baseURL.origin)
        guard source != .foreignPage, let token else { return source == .ownPage }
        guard let expected = formToken(of: request, settings) else { return false }
        return ConstantTime.equal(Array(token.utf8), Array(expected.utf8))
    }

    private func session(of request: Request, _ settings: Settings) -> String? {
        guard let session = SiteCookie.session(settings).value(of: request), session.utf8.count <= Accounts.keyLengthLimit else { return nil }
        return session
    }
}
