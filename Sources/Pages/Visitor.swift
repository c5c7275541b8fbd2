// Who looks at a page.

import Accounts
import HTML
import HTTP
import Site

/// Somebody who opened a page of the site.
public struct Visitor: Sendable {
    /// nil for somebody who did not log in.
    public let account: Account?
    private let formToken: String?

    public init(_ request: Request, _ site: Site) throws {
        let settings = try site.settings
        account = try site.accounts.account(ofSession: request, settings)
        formToken = account == nil ? nil : site.accounts.formToken(of: request, settings)
    }

    public var isAdmin: Bool { account?.role == .admin }

    /// The buttons that take a file away, for whoever may; the form cannot come from another site's page.
    public func deletion(of name: String, at address: String) -> Markup? {
        guard isAdmin, let formToken else { return nil }
        return """
            <form class="remove" method="post" action="\(address)">
            <input type="hidden" name="url" value="\(name)">
            <input type="hidden" name="form_token" value="\(formToken)">
            <button name="mode" value="recycle">回收</button>
            <button name="mode" value="delete">删除</button>
            </form>

            """
    }
}
