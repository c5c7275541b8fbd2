// Carries out what the page on password and sessions is asked for.

import Accounts
import JSONText
import MediaStore
import Responder
import Site

/// What became of a request.
enum SecurityOutcome {
    case looked(done: String?, of: String)
    case changed(PasswordStrength)
    case badPassword(PasswordFault)
    case wrongPassword
    case tooMany(seconds: Int)
    case ended, noSession, preferred, lastAdmin
    case deleted(DiscardedFiles)
    /// The account stays until no files are left.
    case filesLeft(Int)
    case endedOthers(Int)
}

struct SecurityService {
    private let visit: Visit
    private let account: Account
    private var accounts: Accounts { visit.site.accounts }
    private var store: MediaStore { visit.site.store }
    private var session: String { get throws { try visit.credentials.session ?? "" } }

    init(_ visit: Visit, _ account: Account) { (self.visit, self.account) = (visit, account) }

    /// The account's sessions.
    func sessions() throws -> [OwnSession] {
        try accounts.sessions(of: account, current: session, idleHours: visit.settings.forms.sessionIdleHours)
    }

    func carryOut(_ form: SecurityForm) throws -> SecurityOutcome {
        switch form {
        case .look(let done, let of): return .looked(done: done, of: of)
        case .changePassword(let current, let new): return try changePassword(current, new)
        case .endSession(let id): return try accounts.endSession(id, of: account) ? .ended : .noSession
        case .endOtherSessions: return .endedOthers(try accounts.endOtherSessions(of: account, current: session))
        case .prefer(let language, let format):
            try accounts.setPreferences(of: account, language: language, linkFormat: format)
            return .preferred
        case .delete(let password, let withFiles): return try delete(password, withFiles)
        }
    }

    private func changePassword(_ current: String, _ new: String) throws -> SecurityOutcome {
        do {
            let change = try accounts.changePassword(of: account, current: current, new: new, from: visit.address.network, session: session)
            return try outcome(of: change, "password changed", .changed(PasswordStrength(of: new)))
        } catch AccountsError.badPassword(let fault) {
            return .badPassword(fault)
        }
    }

    private func delete(_ password: String, _ withFiles: Bool) throws -> SecurityOutcome {
        do {
            var count = 0
            let change = try accounts.deleteAccount(account, password: password, from: visit.address.network) {
                if withFiles { count = try store.discardFilesInTime(of: account.id) }
            }
            let event = change == .done && withFiles ? "account and \(count) files deleted" : "account deleted"
            let outcome = try outcome(of: change, event, .deleted(.none))
            return change == .done && withFiles ? .deleted(moveFiles(count)) : outcome
        } catch AccountsError.lastAdmin {
            return .lastAdmin
        } catch let rest as FilesLeft {
            return .filesLeft(rest.count)
        }
    }

    private func moveFiles(_ count: Int) -> DiscardedFiles {
        let files = store.moveDiscardedFiles(of: account.id, marked: count)
        if let failure = files.failure { Log.fail(failure, from: "user-security") }
        return files
    }

    private func outcome(of change: GuardedChange, _ event: String, _ done: SecurityOutcome) throws -> SecurityOutcome {
        let told = change == .done ? event : "\(event) refused"
        try Log.tell([("login", .string(told)), ("account", .string(account.name)), ("address", .string(visit.address.description))], from: "user-security")
        return switch change {
        case .done: done
        case .wrongPassword: .wrongPassword
        case .tooMany(let seconds): .tooMany(seconds: seconds)
        }
    }
}
