// Carries out what the page on password and sessions is asked for.

import Accounts
import JSONText
import MediaStore
import Responder
import Site
import Time

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

/// The files that went with their account.
struct DiscardedFiles {
    let count: Int
    /// How many of them are not in the recycle bin yet.
    let left: Int

    static let none = DiscardedFiles(count: 0, left: 0)
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
                if withFiles { count = try discardFiles() }
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

    /// - Throws: `FilesLeft` where there are too many for one request; the account stays then, to go on.
    private func discardFiles() throws -> Int {
        let end = Now.monotonicSeconds + SecurityService.discardTime
        let count = try store.discardFiles(of: account.id) { Now.monotonicSeconds > end }
        let left = try store.numbers(of: account.id).files
        guard left == 0 else { throw FilesLeft(count: left) }
        return count
    }

    private struct FilesLeft: Error { let count: Int }

    /// Moves the files to the recycle bin, with those that a key of the account has uploaded meanwhile: no key opens anything any more. The
    /// account is deleted, so that no failure of this is one of the request.
    private func moveFiles(_ count: Int) -> DiscardedFiles {
        let end = Now.monotonicSeconds + SecurityService.movingTime
        do {
            let late = try store.discardFiles(of: account.id)
            if let failures = UnfinishedDeletion.summary(try store.finishDeletions { Now.monotonicSeconds > end }) {
                Log.fail(failures, from: "user-security")
            }
            return DiscardedFiles(count: count + late, left: try store.leavingCount(of: account.id))
        } catch {
            Log.fail("files of a deleted account are not in the recycle bin yet: \(error)", from: "user-security")
            return DiscardedFiles(count: count, left: count)
        }
    }

    /// Seconds of one request for marking files, which takes about 20 microseconds each, and for moving them. What is not moved then is moved
    /// by the next program that starts, or by the daily collection.
    private static let discardTime = 20.0
    private static let movingTime = 10.0

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
