// Who sent this request. The rules are those of the API page: a key in a header decides before one in the form field
// `token`, which decides before the session of a browser, and a bad key is refused even where nobody would have to show any.
// Keys are found by their digest, so the time it takes does not tell how much of a guess was right.

import HTTP
import Settings

/// Somebody whose request is carried out.
public struct Caller: Sendable, Equatable {
    /// nil for an anonymous upload.
    public let accountID: Int?
    public let role: Role
    public let scopes: Set<Scope>
    /// The API key that was shown; nil for somebody without one.
    public let keyID: Int?

    /// Somebody without a name, where the settings allow it; may upload and nothing else.
    public static let anonymous = Caller(accountID: nil, role: .user, scopes: [.upload], keyID: nil)

    /// Somebody who logged in through a page of this site.
    public static func loggedIn(_ account: Account) -> Caller {
        Caller(accountID: account.id, role: account.role, scopes: Set(Scope.allCases), keyID: nil)
    }

    /// - Throws: `Problem` 403 that names the scope; 401 to somebody without a name, whom a key would help.
    public func require(_ scope: Scope) throws {
        guard !scopes.contains(scope) else { return }
        throw accountID == nil ? AccessRefusal.loginRequired : AccessRefusal.lacks(scope)
    }
}

extension Accounts {
    /// Who sent a request; `Caller.anonymous` where nobody showed who he is and the settings allow anonymous uploads.
    ///
    /// - Parameter formToken: the form field `token`.
    /// - Throws: `Problem` 401 in the words of the API page.
    public func caller(of request: Request, formToken: String? = nil, _ settings: Settings) throws -> Caller {
        if let key = Accounts.headerKey(of: request) {
            guard let holder = try holder(of: key) else { throw AccessRefusal.invalidKey }
            return holder
        }
        // A form may hold the field and leave it empty: that is no key, rather than a wrong one.
        if let formToken, !formToken.isEmpty {
            guard let holder = try holder(of: formToken) else { throw AccessRefusal.loginRequired }
            return holder
        }
        // A page of this site, opened by somebody who logged in; all others' pages get no further than without a cookie.
        if request.mayUseCookies(site: settings.baseURL.origin), let account = try account(ofSession: request, settings) {
            return .loggedIn(account)
        }
        guard settings.anonymousUpload else { throw AccessRefusal.loginRequired }
        return .anonymous
    }

    /// For what anybody may read: no key is needed there, and a bad one is told all the same.
    ///
    /// - Throws: `Problem` 401.
    public func refuseBadKey(of request: Request) throws {
        guard let key = Accounts.headerKey(of: request) else { return }
        guard try holder(of: key) != nil else { throw AccessRefusal.invalidKey }
    }

    /// Who sent a request that reads what is the caller's own.
    ///
    /// - Throws: `Problem` 401, or 403 for a key without the scope.
    public func reader(of request: Request, _ settings: Settings) throws -> Caller {
        let caller = try caller(of: request, settings)
        try caller.require(.read)
        return caller
    }

    /// `X-API-Key`, or else `Authorization: Bearer`; other schemes belong to a password that the web server itself asks for.
    static func headerKey(of request: Request) -> String? {
        if let key = request.header("X-API-Key"), !key.isEmpty { return key }
        guard let authorization = request.header("Authorization") else { return nil }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1].drop { $0 == " " })
    }
}
