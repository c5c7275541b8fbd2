// The context of one request: settings, sender and address, each computed once.

import Accounts
import HTTP
import Settings
import Text

/// A request to the site with its context.
public final class Visit {
    public let request: Request
    public let site: Site
    /// The settings at the start of the request.
    public let settings: Settings
    /// The request's credentials, unverified.
    public private(set) lazy var credentials = Credentials(request, at: settings.baseURL)
    public private(set) lazy var links = Links(settings)
    /// The client's address; forwarded addresses are trusted as the settings say.
    public private(set) lazy var address = request.clientAddress(trusting: AddressList(settings.senders.trustedProxies))
    private var foundCaller: Caller?
    private var foundAccount: Account??

    public init(_ request: Request, _ site: Site) throws {
        self.request = request
        self.site = site
        settings = try site.settings
    }

    public var query: Query { request.query }

    /// Authenticates the request; returns `Caller.anonymous` if it has no credentials and the settings allow anonymous uploads.
    ///
    /// - Parameter formKey: the form field `token`; only the first call's value is used.
    /// - Throws: `Problem` 401 with the text that the API page documents.
    public func caller(formKey: String? = nil) throws -> Caller {
        if let foundCaller { return foundCaller }
        let caller = try site.accounts.caller(credentials, formKey: formKey, allowsAnonymous: settings.anonymousUpload,
                                              idleHours: settings.forms.sessionIdleHours)
        foundCaller = caller
        return caller
    }

    /// For public resources: no key is needed, but an invalid one is rejected.
    ///
    /// - Throws: `Problem` 401.
    public func refuseBadKey() throws {
        if credentials.apiKey != nil { _ = try caller() }
    }

    /// The account of the browser's session, whichever page sent the request; nil without a session.
    public var account: Account? {
        get throws {
            if let foundAccount { return foundAccount }
            let account = try site.accounts.account(ofSession: credentials.session, idleHours: settings.forms.sessionIdleHours)
            foundAccount = .some(account)
            return account
        }
    }

    /// The CSRF token for forms on this response's page, in a spelling of its own; nil without a session.
    public var formToken: String? { get throws { try account == nil ? nil : spelledToken } }

    private lazy var spelledToken = credentials.formToken?.masked()
}
