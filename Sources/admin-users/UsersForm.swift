// What a request to the page of accounts asks for. Texts are checked where they are used; here they only get their types.

import Accounts
import HTTP
import Pages
import Settings
import Site
import Text

/// What the page shows.
enum UsersView {
    /// - Parameter after: the id behind which the part of the list begins.
    case accounts(named: String, after: Int)
    case waiting(after: Int)
    case keys(after: Int)
    case account(String)

    /// Bytes of what is searched: no name is longer.
    static let searchLimit = 64

    init(_ query: Query) {
        let after = query.first("after").flatMap { Int(digits: $0, in: 0...Int.max) } ?? 0
        if let name = query.first("account") {
            self = .account(name)
        } else {
            switch query.first("in") {
            case "waiting": self = .waiting(after: after)
            case "keys": self = .keys(after: after)
            default: self = .accounts(named: String((query.first("q") ?? "").prefix(UsersView.searchLimit)), after: after)
            }
        }
    }

    static let beginning = UsersView.accounts(named: "", after: 0)

    var address: PageAddress { PageAddress(.users, words) }

    /// The parameters of its address.
    var words: [(name: String, value: String)] {
        func from(_ after: Int) -> [(name: String, value: String)] { after == 0 ? [] : [("after", "\(after)")] }
        return switch self {
        case .accounts(let name, let after): (name.isEmpty ? [] : [("q", name)]) + from(after)
        case .waiting(let after): [("in", "waiting")] + from(after)
        case .keys(let after): [("in", "keys")] + from(after)
        case .account(let name): [("account", name)]
        }
    }
}

/// What is done with an account, or a key.
enum UserAction {
    case approve, refuse, disable, enable, resetPassword
    case setRole(Role)
    /// nil where the form has no day that can be one.
    case setEnd(UserEnd?)
    case setQuota(Quota?)
    case createKey(KeyWish)
    case delete(FilesOfDeleted)
}

/// What becomes of the files of an account that is deleted.
enum FilesOfDeleted: String {
    case keep, recycle
}

/// An end, or none.
struct UserEnd {
    let seconds: Int?

    init?(_ day: String) {
        let end = KeyEnd(until: day)
        guard day.isEmpty || end != nil else { return nil }
        seconds = end?.seconds
    }
}

enum UsersForm {
    /// - Parameter done: the word of an action that ended here with a redirect.
    case look(UsersView, done: String?)
    case add(name: String, Role)
    case act(UserAction, on: String)
    /// - Parameter account: from whose page it is revoked; nil from the list of all keys.
    case revokeKey(Int, account: String?)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have.
    init(_ visit: Visit) throws {
        guard visit.request.method == .post else {
            self = .look(UsersView(visit.query), done: visit.query.first("done"))
            return
        }
        let form = try visit.ownForm()
        let (action, account) = (form.first("action"), form.first("account"))
        if action == "add" {
            self = .add(name: form.first("name") ?? "", form.first("role") == nil ? .user : try Role(form))
        } else if action == "revoke_key", let id = form.first("id").flatMap({ Int($0) }) {
            self = .revokeKey(id, account: account)
        } else if let account, let action = try UserAction(action, form) {
            self = .act(action, on: account)
        } else {
            throw Problem(.badRequest, says: "Unknown action")
        }
    }
}

extension UserAction {
    /// nil for a word that is none.
    fileprivate init?(_ word: String?, _ form: Query) throws {
        switch word {
        case "approve": self = .approve
        case "refuse": self = .refuse
        case "disable": self = .disable
        case "enable": self = .enable
        case "reset_password": self = .resetPassword
        case "role": self = .setRole(try Role(form))
        case "end": self = .setEnd(UserEnd(form.first("until") ?? ""))
        case "quota": self = .setQuota(Quota(form))
        case "delete":
            guard let files = form.first("files").flatMap(FilesOfDeleted.init(rawValue:)) else { return nil }
            self = .delete(files)
        case "create_key": self = .createKey(try KeyWish(form))
        default: return nil
        }
    }
}

extension Role {
    /// - Throws: `Problem` 400 for a role that does not exist: another one in its place would be no mistake that anybody sees.
    fileprivate init(_ form: Query) throws {
        let word = form.first("role") ?? ""
        guard let role = Role(rawValue: word) else {
            throw Problem.invalid("role", word, mustBe: Role.allCases.map(\.rawValue).joined(separator: " or "))
        }
        self = role
    }
}

extension Quota {
    /// nil for texts that are no sizes or numbers.
    fileprivate init?(_ form: Query) {
        let (bytes, files) = ((form.first("bytes") ?? "").pasted, (form.first("files") ?? "").pasted)
        let limits = (ByteCount.parse(bytes), Int(digits: files, in: Quota.fileLimits))
        guard bytes.isEmpty || limits.0 != nil, files.isEmpty || limits.1 != nil else { return nil }
        self.init(bytes: limits.0, files: limits.1)
    }
}
