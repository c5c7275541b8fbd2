// The fields of the login form. EasyImages' page sends `password` twice, the second time as a digest; the last value counts.

import Accounts
import HTTP
import Pages
import Paths
import Site

struct LoginForm {
    /// The action that is requested.
    enum Action {
        /// Showing the page; also for old links that logged out, because a page of any site could contain one.
        case look
        case logOut(formToken: String?)
        case logIn(name: String, typed: String, code: String)
    }

    let action: Action
    /// Where the browser continues after logging in.
    let back: OwnPath
    /// What it sends there, if a form waits for the login.
    let kept: KeptForm?
    /// Whether a browser asked, which is sent on; scripts read the page's sentence.
    let isForPage: Bool
    /// Obsolete cookies to remove.
    let formerCookies: [SiteCookie]
    /// The session cookie, if the browser has one.
    let sessionCookie: SiteCookie?

    /// - Throws: `Problem` if the form cannot be parsed.
    init(_ visit: Visit) throws {
        let (site, request) = (try visit.settings.baseURL, visit.request)
        let form = request.method == .post && !request.contentType.isEmpty ? try request.form() : nil
        action = Action(request, form)
        back = OwnPath(back: form?.first(PageFrame.backField) ?? request.query.first(PageFrame.backField), of: site)
        kept = form?.first(KeptForm.field).flatMap { KeptForm(text: $0) }
        isForPage = request.isForPage
        formerCookies = SiteCookie.former(site).filter { $0.value(of: request) != nil }
        let session = SiteCookie.session(site)
        sessionCookie = session.value(of: request) == nil ? nil : session
    }
}

extension LoginForm.Action {
    /// As it was entered; empty for other actions.
    var name: String { if case .logIn(let name, _, _) = self { name } else { "" } }

    fileprivate init(_ request: Request, _ form: Query?) {
        if request.method != .post {
            self = .look
        } else if request.query.first("login") != nil || request.path == Path.formerLogout.text {
            self = .logOut(formToken: form?.all(FormToken.field).last)
        } else if let form, let name = form.all("user").last, let typed = form.all("password").last {
            self = .logIn(name: name, typed: typed, code: form.all("code").last ?? "")
        } else {
            self = .look
        }
    }
}
