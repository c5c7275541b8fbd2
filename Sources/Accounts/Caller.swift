// Who sent this request. The rules are those of the API page: a key in a header decides before one in the form field
// `token`, which decides before the session of a browser, and a bad key is refused even where nobody would have to show any.
// Keys are found by their digest, so the time it takes does not tell how much of a guess was right.

import HTTP

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
    /// - Parameters:
    ///   - formKey: the form field `token`.
    ///   - idleHours: a session that was not used for so long has ended.
    /// - Throws: `Problem` 401 in the words of the API page.
    public func caller(_ credentials: Credentials, formKey: String? = nil, allowsAnonymous: Bool, idleHours: Int) throws -> Caller {
        if let key = credentials.apiKey {
            guard let holder = try holder(of: key) else { throw AccessRefusal.invalidKey }
            return holder
        }
        // A form may hold the field and leave it empty: that is no key, rather than a wrong one.
        if let formKey, !formKey.isEmpty {
            guard let holder = try holder(of: formKey) else { throw AccessRefusal.loginRequired }
            return holder
        }
        // A page of this site, opened by somebody who logged in; all others' pages get no further than without a cookie.
        if credentials.sessionCounts, let account = try account(ofSession: credentials.session, idleHours: idleHours) {
            return .loggedIn(account)
        }
        guard allowsAnonymous else { throw AccessRefusal.loginRequired }
        return .anonymous
    }
}
