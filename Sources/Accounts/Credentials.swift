// What a request shows of who sent it: a key in a header, the session of a browser, and from whose page it comes. Whether any of it is
// good, the database knows.

import Crypto
import HTTP
import Settings
import Text

/// What a request shows of its sender, unchecked.
public struct Credentials {
    private let request: Request
    private let site: BaseURL
    /// `X-API-Key`, or else `Authorization: Bearer`.
    public let apiKey: String?

    /// - Parameter site: the address of the site.
    public init(_ request: Request, at site: BaseURL) {
        (self.request, self.site) = (request, site)
        apiKey = Credentials.apiKey(of: request)
    }

    /// The value of the session cookie.
    public var session: String? {
        SiteCookie.session(site).value(of: request).flatMap { $0.utf8.count <= Accounts.keyLengthLimit ? $0 : nil }
    }

    public var source: RequestSource { request.source(site: site.origin) }

    /// Whether the session may speak for the sender: a page of this site asks, or nothing is changed.
    var sessionCounts: Bool { request.mayUseCookies(site: site.origin) }

    /// What a form of a logged-in page carries, so that no other site can send it: it follows from the cookie, which other
    /// sites cannot read. nil without a session.
    public var csrfToken: String? { session.map { Hexadecimal.encode(SHA256.hash(Array(("form " + $0).utf8))) } }

    /// Whether a form that changes something came from a page of this site: the form carries the token, or the browser says so. What
    /// another site's page sends is refused whatever it holds, and so is a wrong token.
    ///
    /// - Parameter token: the field `form_token`.
    public func isOwnForm(csrfToken token: String?) -> Bool {
        let source = source
        guard source != .foreignPage, let token else { return source == .ownPage }
        guard let csrfToken else { return false }
        return ConstantTime.equal(Array(token.utf8), Array(csrfToken.utf8))
    }

    /// Schemes other than Bearer belong to a password that the web server itself asks for.
    private static func apiKey(of request: Request) -> String? {
        if let key = request.header("X-API-Key"), !key.isEmpty { return key }
        guard let authorization = request.header("Authorization") else { return nil }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1].drop { $0 == " " })
    }
}
