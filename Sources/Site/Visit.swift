// The context of one request: settings, sender and address, each computed once.

import Accounts
import HTTP
import Settings
import Text

/// A request to the site with its context.
public final class Visit {
    public let request: Request
    public let site: Site
    private var foundSettings: Settings?
    private var foundCredentials: Credentials?
    private var foundAddress: IPAddress?
    private var foundCaller: Caller?
    private var foundAccount: Account??

    public init(_ request: Request, _ site: Site) { (self.request, self.site) = (request, site) }

    public var query: Query { request.query }

    /// The settings, read at their first use and the same until the end of the request. (A push reads them in its own transaction.)
    public var settings: Settings { get throws { try once(&foundSettings) { try site.settings } } }

    public var links: Links { get throws { Links(try settings) } }

    /// The request's credentials, unverified.
    public var credentials: Credentials {
        get throws { try once(&foundCredentials) { Credentials(request, at: try settings.baseURL) } }
    }

    /// The client's address; forwarded addresses are trusted as the settings say.
    public var address: IPAddress {
        get throws { try once(&foundAddress) { request.clientAddress(trusting: try trustedProxies) } }
    }

    /// Whom the settings believe about visitors.
    public var trustedProxies: AddressList { get throws { AddressList(try settings.senders.trustedProxies) } }

    /// Authenticates the request; returns `Caller.anonymous` if it has no credentials and the settings allow anonymous uploads.
    ///
    /// - Parameter formKey: the form field `token`; only the first call's value is used.
    /// - Throws: `Problem` 401 with the text that the API page documents; also to another sender than the one that the request names.
    public func caller(formKey: String? = nil) throws -> Caller {
        try once(&foundCaller) {
            let settings = try settings
            let caller = try site.accounts.caller(credentials, formKey: formKey, allowsAnonymous: settings.anonymousUpload,
                                                  idleHours: settings.forms.sessionIdleHours)
            guard names(caller.accountID) else { throw AccessRefusal.loginRequired }
            return caller
        }
    }

    /// For public resources: no key is needed, but an invalid one is rejected.
    ///
    /// - Throws: `Problem` 401.
    public func refuseBadKey() throws {
        if try credentials.apiKey != nil { _ = try caller() }
    }

    /// The account of the browser's session, whichever page sent the request; nil without a session.
    public var account: Account? {
        get throws {
            try once(&foundAccount) {
                try site.accounts.account(ofSession: credentials.session, idleHours: settings.forms.sessionIdleHours)
            }
        }
    }

    /// The browser as the list of sessions shows it.
    public var browser: Browser {
        get throws { Browser(userAgent: request.header("User-Agent") ?? "", address: try address.description) }
    }

    /// The CAPTCHA challenge in the browser's cookie.
    public var challenge: String? { get throws { SiteCookie.challenge(try settings.baseURL).value(of: request) } }

    /// The CSRF token for forms on this response's page, in a spelling of its own; nil without a session.
    public var formToken: String? { get throws { try account == nil ? nil : spelledToken } }

    private lazy var spelledToken = foundCredentials?.formToken?.masked()

    /// Computes a value at its first use; an error is not kept.
    private func once<Value>(_ known: inout Value?, _ find: () throws -> Value) rethrows -> Value {
        if let known { return known }
        let found = try find()
        known = found
        return found
    }
}
