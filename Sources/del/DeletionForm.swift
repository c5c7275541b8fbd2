// A request is either a delete link or an action of an administrator's page. The latter must come from a page of this site, proven by the
// CSRF token or by the browser's headers.

import Accounts
import HTTP
import Pages
import Site

/// A request that deletes nothing, whatever it names.
enum IdleRequest {
    /// Neither query nor body.
    case empty
    /// Of an administrator, without a form.
    case look
    case denied
}

enum DeletionForm {
    case link(LinkTarget, DeletionPath)
    /// - Parameter page: nil for scripts, which read the answer.
    case admin(AdminForm, by: Account, page: DeletionPage?)
    case idle(IdleRequest)
    /// A button of a page whose session has ended.
    case signedOut(SignedOutPage)

    init(_ visit: Visit) throws {
        let (request, link) = (visit.request, LinkForm(visit.request))
        if link.path == .v1 {
            self = .link(try link.target(visit), link.path)
        } else if DeletionForm.isEmpty(request) {
            self = .idle(.empty)
        } else if link.isThere {
            self = .link(try link.target(visit), link.path)
        } else if let account = try visit.account, account.role == .admin {
            self = try DeletionForm(visit, account)
        } else if try visit.account == nil, request.method == .post, request.isForPage, let page = SignedOutPage(keeping: visit, try visit.frame) {
            self = .signedOut(page)
        } else {
            self = .idle(.denied)
        }
    }

    private init(_ visit: Visit, _ admin: Account) throws {
        guard visit.request.method == .post else {
            self = .idle(.look)
            return
        }
        let form = try visit.request.form()
        let isOwn = try visit.credentials.isOwnForm(csrfToken: form.all(FormToken.field).last)
        self = isOwn ? .admin(AdminForm(form), by: admin, page: try DeletionPage(visit, form)) : .idle(.denied)
    }

    private static func isEmpty(_ request: Request) -> Bool {
        request.query.text.isEmpty && (request.method != .post || request.contentLength == 0)
    }
}
