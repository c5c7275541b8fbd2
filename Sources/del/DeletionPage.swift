// `/app/del.php`: a delete link for whoever has one, and the buttons of an administrator's pages. Those count only from a page of this
// site: with the form's token, or when the browser says that it was one (trap 13).

import Accounts
import HTTP
import Responder
import Settings
import Site

struct DeletionPage {
    private let request: Request
    private let site: Site
    private let settings: Settings

    init(_ request: Request, _ site: Site) throws {
        self.request = request
        self.site = site
        settings = try site.settings
    }

    func answer() throws -> Response {
        if isEmpty { return Response(.ok, jsonText: .object(DeletionPage.nothingSent.members)) }
        if DeleteForm(request).isThere { return try LinkDeletion(request, site).outcome().answer(forgiving: !settings.recycles) }
        guard let account = try site.accounts.account(ofSession: request, settings), account.role == .admin else { return DeletionPage.denied }
        guard request.method == .post else { return Response(.ok, text: "") }
        let form = try request.form()
        guard site.accounts.isOwnForm(request, token: form.all("form_token").last, settings) else {
            return DeletionPage.denied
        }
        return try AdminDesk(site, settings, account).answer(to: AdminForm(form))
    }

    private var isEmpty: Bool { request.query.text.isEmpty && (request.method != .post || request.contentLength == 0) }

    private static let nothingSent = OldAnswer(worked: "无效请求", icon: "exclamation-sign", mode: "get", url: .null)

    private static var denied: Response { Response(.ok, text: "Permission denied") }
}
