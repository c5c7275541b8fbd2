// The credentials in a request: an API key in a header, the session cookie, and the origin of the request. They are parsed here and
// verified against the database elsewhere.

import HTTP
import Settings
import Text

/// The unverified credentials of a request.
public struct Credentials {
    private let request: Request
    private let site: BaseURL
    /// `X-API-Key`, or else `Authorization: Bearer`.
    public let apiKey: String?

    /// - Parameter site: the site's base URL.
    public init(_ request: Request, at site: BaseURL) {
        (self.request, self.site) = (request, site)
        apiKey = Credentials.apiKey(of: request)
    }

    /// The value of the session cookie.
    public var session: String? {
        SiteCookie.session(site).value(of: request).flatMap { $0.utf8.count <= Accounts.keyLengthLimit ? $0 : nil }
    }

    public var source: RequestSource { request.source(site: site.origin) }

    /// Whether the session cookie may authenticate this request: it comes from a page of this site, or changes nothing.
    var sessionCounts: Bool { request.mayUseCookies(site: site.origin) }

    /// The CSRF token of forms on pages for logged-in users; nil without a session.
    public var formToken: FormToken? { session.map(FormToken.init) }

    /// Whether a form that changes something was sent by a page of this site: it has the CSRF token, or the browser's headers say so.
    /// Forms from other sites' pages are rejected even with a token, and so are wrong tokens.
    ///
    /// - Parameter token: the field `FormToken.field`.
    public func isOwnForm(csrfToken token: String?) -> Bool {
        let source = source
        guard source != .foreignPage, let token else { return source == .ownPage }
        return formToken?.matches(token) ?? false
    }

    /// Ignores schemes other than Bearer: they belong to password protection by the web server.
    private static func apiKey(of request: Request) -> String? {
        if let key = request.header("X-API-Key")?.pasted, !key.isEmpty { return key }
        guard let authorization = request.header("Authorization")?.pasted.unicodeScalars else { return nil }
        let scheme = "bearer"
        guard String(authorization.prefix(scheme.count)).lowercased() == scheme else { return nil }
        let rest = authorization.dropFirst(scheme.count)
        let key = String(rest).pasted
        // Whatever blank separates the two, there is one.
        return !key.isEmpty && key.unicodeScalars.count < rest.count ? key : nil
    }
}
