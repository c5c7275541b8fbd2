// The fields of the login form. EasyImages' page sends `password` twice, the second time as a digest; the last value counts.

import Accounts
import HTTP
import Paths
import Site

struct LoginForm {
    /// The action that is requested.
    enum Action {
        /// Showing the page; also for old links that logged out, because a page of any site could contain one.
        case look
        case logOut(csrfToken: String?)
        case logIn(name: String, typed: String, code: String)
    }

    let action: Action
    /// Obsolete cookies to remove.
    let formerCookies: [SiteCookie]
    /// The session cookie, if the browser has one.
    let sessionCookie: SiteCookie?

    /// - Throws: `Problem` if the form cannot be parsed.
    init(_ visit: Visit) throws {
        action = try Action(visit.request)
        let (site, request) = (visit.settings.baseURL, visit.request)
        formerCookies = SiteCookie.former(site).filter { $0.value(of: request) != nil }
        let session = SiteCookie.session(site)
        sessionCookie = session.value(of: request) == nil ? nil : session
    }
}

extension LoginForm.Action {
    fileprivate init(_ request: Request) throws {
        guard request.method == .post else {
            self = .look
            return
        }
        let form = request.contentType.isEmpty ? nil : try request.form()
        if request.query.first("login") != nil || request.path == Path.formerLogout.text {
            self = .logOut(csrfToken: form?.all("form_token").last)
        } else if let form, let name = form.all("user").last, let typed = form.all("password").last {
            self = .logIn(name: name, typed: typed, code: form.all("code").last ?? "")
        } else {
            self = .look
        }
    }
}
