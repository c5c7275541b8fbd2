// Who logged in through a page. The cookie is random and says nothing; the database knows its digest alone, so that a stolen
// backup logs nobody in.

import Crypto
import HTTP
import SQLite

extension Accounts {
    /// The name of the cookie.
    public static let sessionCookie = "imagebed_session"

    /// Begins a session and returns the cookie's value.
    ///
    /// - Parameter days: how long it lasts.
    public func openSession(of account: Account, days: Int) throws -> String {
        let session = Base64URL.encode(RandomBytes.make(32))
        try database.write {
            try database.run("DELETE FROM session WHERE expires_at <= ?", now())
            try database.run("INSERT INTO session VALUES (?, ?, ?, ?)", Accounts.digest(of: session), account.id, now(),
                             now() + days * 86_400)
        }
        return session
    }

    /// Who sent a request, by its session cookie: an account that can be used now, else nil.
    public func account(ofSession request: Request) throws -> Account? {
        guard let session = Accounts.session(of: request) else { return nil }
        let name = try database.first(
            """
            SELECT account.name FROM session JOIN account ON account.id = account_id
            WHERE hash = ?1 AND session.expires_at > ?2 AND disabled_at IS NULL
                AND (account.expires_at IS NULL OR account.expires_at >= ?2)
            """, Accounts.digest(of: session), now()) { $0.text(0) }
        return try name.flatMap { try account(named: $0) }
    }

    /// Ends the session of a request.
    ///
    /// - Returns: false when there was none.
    public func closeSession(of request: Request) throws -> Bool {
        guard let session = Accounts.session(of: request) else { return false }
        return try database.run("DELETE FROM session WHERE hash = ?", Accounts.digest(of: session)) == 1
    }

    /// What a form of a logged-in page carries, so that no other site can send it: it follows from the cookie, which other
    /// sites cannot read.
    public func formToken(of request: Request) -> String? {
        Accounts.session(of: request).map { Hexadecimal.encode(SHA256.hash(Array(("form " + $0).utf8))) }
    }

    /// Whether a form that changes something came from a page of this site: the form carries the token, or the browser says so. What
    /// another site's page sends is refused whatever it holds, and so is a wrong token.
    ///
    /// - Parameters:
    ///   - token: the field `form_token`.
    ///   - site: scheme, host and port of the site's address.
    public func isOwnForm(_ request: Request, token: String?, site: String) -> Bool {
        let source = request.source(site: site)
        guard source != .foreignPage, let token else { return source == .ownPage }
        guard let expected = formToken(of: request) else { return false }
        return ConstantTime.equal(Array(token.utf8), Array(expected.utf8))
    }

    private static func session(of request: Request) -> String? {
        guard let session = request.cookies.first(sessionCookie), session.utf8.count <= keyLengthLimit else { return nil }
        return session
    }
}
