// The fields of the login form. EasyImages' own page sends `password` twice, the second time as a digest: the last one counts.

import HTTP

/// What a visitor of the login page wants.
enum LoginForm {
    /// To see it; also whoever follows an old link that logged out, which a page of any site could do.
    case look
    case logOut(formToken: String?)
    case logIn(name: String, typed: String, code: String)

    /// - Throws: `Problem` for a form that cannot be read.
    init(_ request: Request) throws {
        guard request.method == .post else {
            self = .look
            return
        }
        let form = request.contentType.isEmpty ? nil : try request.form()
        if request.query.first("login") != nil || request.path.hasSuffix("/logout.php") {
            self = .logOut(formToken: form?.all("form_token").last)
        } else if let form {
            guard let name = form.all("user").last, let typed = form.all("password").last else {
                self = .look
                return
            }
            self = .logIn(name: name, typed: typed, code: form.all("code").last ?? "")
        } else {
            self = .look
        }
    }
}
