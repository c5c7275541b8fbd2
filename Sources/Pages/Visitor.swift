// Who looks at a page.

import Accounts
import HTML
import Site

/// Somebody who opened a page of the site.
public struct Visitor: Sendable {
    /// nil for somebody who did not log in.
    public let account: Account?
    private let csrfToken: String?

    public init(_ visit: Visit) throws { (account, csrfToken) = try (visit.account, visit.csrfToken) }

    public var isAdmin: Bool { account?.role == .admin }

    /// The buttons that take a file away, for whoever may; the form cannot come from another site's page.
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
