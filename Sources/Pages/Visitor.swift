// The user for whom a page is rendered.

import Accounts
import HTML
import Site

/// The sender of a request for a page.
public struct Visitor: Sendable {
    /// nil without a session.
    public let account: Account?
    private let csrfToken: String?

    public init(_ visit: Visit) throws { (account, csrfToken) = try (visit.account, visit.csrfToken) }

    public var isAdmin: Bool { account?.role == .admin }

    /// The buttons that delete a file, for users who may; the form has a CSRF token.
    public func deletion(of name: String, at address: String) -> Markup? {
        guard isAdmin, let csrfToken else { return nil }
        return """
            <form class="remove" method="post" action="\(address)">
            <input type="hidden" name="url" value="\(name)">
            <input type="hidden" name="form_token" value="\(csrfToken)">
            <button name="mode" value="recycle">回收</button>
            <button name="mode" value="delete">删除</button>
            </form>

            """
    }
}
