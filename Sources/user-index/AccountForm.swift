// What a request to the account's page asks for. Texts are checked where they are used; here they only get their types.

import Accounts
import HTTP
import Pages
import Site
import Text
import Time

/// A key as the form describes it.
struct KeyWish {
    let once: FormOnce
    let name: String
    let scopes: Set<Scope>
    /// Which of the offered numbers of days was chosen, 0 for no end; and the day that was entered instead, as it was sent.
    let days: String, until: String
    /// When it stops to work; nil if that was not understood, or is not within the limits.
    let end: KeyEnd?
}

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

extension KeyWish {
    fileprivate init(_ form: Query) throws {
        guard let once = form.first("once").flatMap(FormOnce.init) else { throw Problem(.badRequest, says: "The form has no value \"once\"") }
        self.once = once
        name = form.first("name") ?? ""
        scopes = Set(form.all("scope[]").compactMap(Scope.init(rawValue:))).union(form.all("scope").compactMap(Scope.init(rawValue:)))
        (days, until) = (form.first("days") ?? "", form.first("until") ?? "")
        end = until.isEmpty ? KeyEnd(days: days) : KeyEnd(until: until)
    }
}
