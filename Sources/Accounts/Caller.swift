// Authentication of a request. As the API page documents: a key in a header takes precedence over the form field `token`, and that over
// the browser's session; an invalid key is rejected even where no key is needed. Keys are looked up by digest, so timing does not reveal
// how much of a guess was right.

import HTTP
import Text

/// The authenticated or anonymous sender of a request.
public struct Caller: Sendable, Equatable {
    /// nil for an anonymous upload.
    public let accountID: Int?
    public let role: Role
    public let scopes: Set<Scope>
    /// The id of the API key that was sent; nil without a key.
    public let keyID: Int?
    /// Whether it is `imagebed doctor`, whose uploads no list shows.
    public var isExaminer = false

    /// An anonymous sender, where the settings allow it; may only upload.
    public static let anonymous = Caller(accountID: nil, role: .user, scopes: [.upload], keyID: nil)

    /// A user with a session.
    public static func loggedIn(_ account: Account) -> Caller {
        Caller(accountID: account.id, role: account.role, scopes: Scope.usual, keyID: nil)
    }

    /// - Throws: `Problem` 403 that names the scope; 401 to an anonymous caller.
    public func require(_ scope: Scope) throws {
        guard !scopes.contains(scope) else { return }
        throw accountID == nil ? AccessRefusal.loginRequired : AccessRefusal.lacks(scope)
    }

    /// For programs of the operator's: a key with the scope, of an administrator's account. Neither a session nor an address is enough.
    ///
    /// - Throws: `Problem` 401 without a key; 403 as `require`.
    public func requireKey(_ scope: Scope) throws {
        guard keyID != nil else { throw AccessRefusal.loginRequired }
        guard role == .admin else { throw AccessRefusal.lacks(scope) }
        try require(scope)
    }
}

extension Accounts {
    /// Authenticates a request; returns `Caller.anonymous` if it has no credentials and the settings allow anonymous uploads.
    ///
    /// - Parameters:
    ///   - formKey: the form field `token`.
    ///   - idleHours: a session that was not used for this long has ended.
    /// - Throws: `Problem` 401 with the text that the API page documents.
    public func caller(_ credentials: Credentials, formKey: String? = nil, allowsAnonymous: Bool, idleHours: Int) throws -> Caller {
        if let key = credentials.apiKey {
            guard let holder = try holder(of: key) else { throw AccessRefusal.invalidKey }
            return holder
        }
        // An empty field counts as no key, not as a wrong one.
        if let formKey = formKey?.pasted, !formKey.isEmpty {
            guard let holder = try holder(of: formKey) else { throw AccessRefusal.invalidFormKey }
            return holder
        }
        // The session counts only for requests from this site's own pages; others are treated as if they had no cookie.
        if credentials.sessionCounts, let account = try account(ofSession: credentials.session, idleHours: idleHours) {
            return .loggedIn(account)
        }
        guard allowsAnonymous else { throw AccessRefusal.loginRequired }
        return .anonymous
    }
}
