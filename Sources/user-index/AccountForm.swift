// What a request to the account's page asks for. Texts are checked where they are used; here they only get their types.

import Accounts
import HTTP
import Pages
import Site
import Text
import Time

enum AccountForm {
    /// - Parameter done: the word of an action that ended here with a redirect.
    case look(done: String?)
    case createKey(KeyWish)
    case renameKey(Int, to: String)
    case revokeKey(Int)
    /// The settings of a program as a file.
    case settings(client: String, key: String)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have.
    init(_ visit: Visit) throws {
        guard visit.request.method == .post else {
            self = .look(done: visit.query.first("done"))
            return
        }
        let form = try visit.ownForm()
        let id = form.first("id").flatMap { Int($0) }
        switch (form.first("action"), id) {
        case ("create_key", _): self = .createKey(try KeyWish(form))
        case ("rename_key", let id?): self = .renameKey(id, to: form.first("name") ?? "")
        case ("revoke_key", let id?): self = .revokeKey(id)
        case ("settings", _): self = .settings(client: form.first("client") ?? "", key: form.first("key")?.pasted ?? "")
        default: throw Problem(.badRequest, says: "Unknown action")
        }
    }
}
