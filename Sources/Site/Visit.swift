// One request and what everybody who answers it asks about: the settings, who sent it, from where. Each is found once.

import Accounts
import HTTP
import Settings
import Text

/// One request to the site.
public final class Visit {
    public let request: Request
    public let site: Site
    /// As they are when the request begins.
    public let settings: Settings
    /// What the request shows of its sender, unchecked.
    public private(set) lazy var credentials = Credentials(request, at: settings.baseURL)
    public private(set) lazy var links = Links(settings)
    /// Who sent this, as far as the settings say who may tell.
    public private(set) lazy var address = request.clientAddress(trusting: AddressList(settings.senders.trustedProxies))
    private var foundCaller: Caller?
    private var foundAccount: Account??

    public init(_ request: Request, _ site: Site) throws {
        self.request = request
        self.site = site
        settings = try site.settings
    }

    public var query: Query { request.query }

    /// Who sent the request; `Caller.anonymous` where nobody showed who he is and the settings allow anonymous uploads.
    ///
    /// - Parameter formKey: the form field `token`; the first call decides.
    /// - Throws: `Problem` 401 in the words of the API page.
    public func caller(formKey: String? = nil) throws -> Caller {
        if let foundCaller { return foundCaller }
        let caller = try site.accounts.caller(credentials, formKey: formKey, allowsAnonymous: settings.anonymousUpload,
                                              idleHours: settings.forms.sessionIdleHours)
        foundCaller = caller
        return caller
    }

    /// For what anybody may read: no key is needed there, and a bad one is told all the same.
    ///
    /// - Throws: `Problem` 401.
    public func refuseBadKey() throws {
        if credentials.apiKey != nil { _ = try caller() }
    }

    /// Whose session the browser has, whatever page sent the request; nil for somebody who is not logged in.
    public var account: Account? {
        get throws {
            if let foundAccount { return foundAccount }
            let account = try site.accounts.account(ofSession: credentials.session, idleHours: settings.forms.sessionIdleHours)
            foundAccount = .some(account)
            return account
        }
    }

    /// The token that a form of a page for this visitor carries; nil for somebody who is not logged in.
    public var csrfToken: String? { get throws { try account == nil ? nil : credentials.csrfToken } }
}
