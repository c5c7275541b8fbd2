// The fields of the registration form; the names are those of the sign-in form.

import HTTP
import Site

enum RegisterForm {
    /// - Parameter isDone: whether a registration ended here with a redirect.
    case look(isDone: Bool)
    case register(name: String, password: String, code: String)

    /// - Throws: `Problem` if the form cannot be parsed.
    init(_ request: Request) throws {
        guard request.method == .post else {
            self = .look(isDone: request.query.first("done") == "waiting")
            return
        }
        let form = try request.form()
        self = .register(name: form.first("user") ?? "", password: form.first("password") ?? "", code: form.first("code") ?? "")
    }
}
