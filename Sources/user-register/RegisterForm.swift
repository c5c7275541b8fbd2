// The fields of the registration form; the names are those of the sign-in form.

import Accounts
import HTTP
import Site

enum RegisterForm {
    case look
    /// A registration ended here with a redirect.
    ///
    /// - Parameter strength: of its password.
    case waiting(PasswordStrength?)
    case register(name: String, password: String, code: String)

    /// - Throws: `Problem` if the form cannot be parsed.
    init(_ request: Request) throws {
        guard request.method == .post else {
            let strength = request.query.first("of").flatMap(PasswordStrength.init(rawValue:))
            self = request.query.first("done") == "waiting" ? .waiting(strength) : .look
            return
        }
        let form = try request.form()
        self = .register(name: form.first("user") ?? "", password: form.first("password") ?? "", code: form.first("code") ?? "")
    }
}
