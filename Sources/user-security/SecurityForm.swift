// What a request to the page on password and sessions asks for.

import HTTP
import Pages
import Settings
import Site
import Text

enum SecurityForm {
    /// - Parameters:
    ///   - done: the word of an action that ended here with a redirect.
    ///   - of: what belongs to it.
    case look(done: String?, of: String)
    case changePassword(current: String, new: String)
    case endSession(Int)
    case endOtherSessions
    /// nil for no preference.
    case prefer(Language?, LinkFormat?)
    case delete(password: String, withFiles: Bool)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have.
    init(_ visit: Visit) throws {
        guard visit.request.method == .post else {
            self = .look(done: visit.query.first("done"), of: visit.query.first("of") ?? "")
            return
        }
        let form = try visit.ownForm()
        switch form.first("action") {
        case "change_password": self = .changePassword(current: form.first("current") ?? "", new: form.first("new") ?? "")
        case "end_session": self = .endSession(form.first("id").flatMap { Int($0) } ?? 0)
        case "end_other_sessions": self = .endOtherSessions
        case "preferences":
            self = .prefer(try form.choice("language"), try form.choice("link_format"))
        case "delete_account": self = .delete(password: form.first("password") ?? "", withFiles: form.first("files") == "delete")
        default: throw Problem(.badRequest, says: "Unknown action")
        }
    }
}

extension Query {
    /// nil for no preference.
    ///
    /// - Throws: `Problem` 400 for a word that is no choice: no preference in its place would be no mistake that anybody sees.
    fileprivate func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws -> Choice? where Choice.RawValue == String {
        guard let word = first(name), !word.isEmpty else { return nil }
        guard let choice = Choice(rawValue: word) else {
            throw Problem.invalid(name, word, mustBe: "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), or empty")
        }
        return choice
    }
}
