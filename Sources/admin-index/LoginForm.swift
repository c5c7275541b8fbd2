// The fields of the login form. EasyImages' own page sends `password` twice, the second time as a digest: the last one counts.

import HTTP

/// What a visitor of the login page wants.
enum LoginForm {
    /// To see it.
    case look
    case logOut
    case logIn(name: String, typed: String, code: String)

    /// - Throws: `Problem` for a form that cannot be read.
    init(_ request: Request) throws {
        if request.method == .head {
            self = .look
        } else if request.query.first("login") != nil || request.path.hasSuffix("/logout.php") {
            self = .logOut
        } else if request.method == .post, !request.contentType.isEmpty {
            let form = try request.form()
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
