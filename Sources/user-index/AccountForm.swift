// What a request to the account's page asks for. Texts are checked where they are used; here they only get their types.

import Accounts
import HTTP
import Pages
import Site
import Time

/// A key as the form describes it.
struct KeyWish {
    let once: FormOnce
    let name: String
    let scopes: Set<Scope>
    /// How many days it works; nil for no end.
    let days: Int?
    /// Whether the day of its end was understood and is to come.
    let isDateGood: Bool
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
        case ("settings", _): self = .settings(client: form.first("client") ?? "", key: form.first("key") ?? "")
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
        let until = form.first("until") ?? ""
        let days = until.isEmpty ? KeyWish.days(form.first("days") ?? "") : KeyWish.days(until: until)
        isDateGood = days != nil
        self.days = days.flatMap { $0 == 0 ? nil : $0 }
    }

    /// 0 for no end; nil for what is no number of days.
    private static func days(_ text: String) -> Int? { text.isEmpty ? 0 : Int(text).flatMap { (0...36_500).contains($0) ? $0 : nil } }

    /// Until the end of that day, as browsers send it: "2027-01-31".
    private static func days(until text: String) -> Int? {
        guard let day = SiteDay(text.replacing("-", with: "/")), day > .today else { return nil }
        let days = (day.seconds.upperBound - Now.seconds + 86_399) / 86_400
        return days <= 36_500 ? days : nil
    }
}
