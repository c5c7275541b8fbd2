// The user for whom a page is rendered.

import Accounts
import HTML
import MediaStore
import Settings
import Site

/// The sender of a request for a page.
public struct Visitor: Sendable {
    /// The account's name; nil without a session.
    public let name: String?
    /// The account's id; nil without a session.
    let account: Int?
    public let isAdmin: Bool
    /// The form of links that the account prefers; nil if it prefers none.
    public let linkFormat: LinkFormat?
    /// In this page's spelling; nil without a session.
    let formToken: String?
    /// The default token of a replaced site, if this administrator has to decide about it.
    let undecidedToken: DefaultToken?
    /// By which scripts tell whose unfinished uploads a browser keeps; nil without a session.
    let mark: String?

    public init(_ visit: Visit) throws {
        let account = try visit.account
        self.init(account?.name, account?.id, isAdmin: account?.role == .admin, linkFormat: account?.linkFormat, formToken: try visit.formToken,
                  mark: try visit.accountMark, undecidedToken: account?.role == .admin ? Visitor.undecidedToken(visit.site) : nil)
    }

    /// Somebody who has just signed in.
    ///
    /// - Parameter session: the value of the new session's cookie.
    public init(_ account: Account, session: String) {
        self.init(account.name, account.id, isAdmin: account.role == .admin, linkFormat: account.linkFormat, formToken: FormToken(session: session).masked())
    }

    init(_ name: String?, _ account: Int? = nil, isAdmin: Bool, linkFormat: LinkFormat? = nil, formToken: String?, mark: String? = nil,
         undecidedToken: DefaultToken? = nil) {
        self.account = account
        (self.name, self.isAdmin, self.linkFormat, self.formToken, self.mark) = (name, isAdmin, linkFormat, formToken, mark)
        self.undecidedToken = undecidedToken
    }

    /// (A page does not fail because of it.)
    private static func undecidedToken(_ site: Site) -> DefaultToken? {
        (try? site.defaultToken).flatMap { $0.needsDecision ? $0 : nil }
    }

    /// Whether the gallery is open to this user.
    public func seesGallery(_ settings: Settings) -> Bool { settings.publicList || isAdmin }

    /// Whether this user may delete, list or unlist a file: its owner, or an administrator.
    public func manages(_ file: StoredFile) -> Bool { isAdmin || account != nil && file.owner == account }

    /// Whether this user may do so with files of anybody.
    public var managesAny: Bool { isAdmin }

    /// Somebody without a session.
    public static let stranger = Visitor(nil, isAdmin: false, formToken: nil)

    /// The hidden field that every form of a signed-in user has; nil without a session.
    public var tokenField: Markup? {
        formToken.map { "<input type=\"hidden\" name=\"\(FormToken.field)\" value=\"\($0)\">\n" }
    }
}
