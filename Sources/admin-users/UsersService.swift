// Carries out what the page of accounts is asked for. Who did what with which account stands in the log.

import Accounts
import JSONText
import MediaStore
import Pages
import Responder
import Site

/// An account with its numbers.
struct UserEntry {
    let account: Account
    let numbers: OwnerNumbers
    /// How many of its keys work.
    let keys: Int
}

/// What the page shows.
enum UsersContent {
    case accounts([UserEntry], next: Int?, UsersView)
    case keys([APIKey], next: Int?, UsersView)
    /// - Parameter keys: those that are not revoked.
    case account(UserEntry, keys: [APIKey])
}

/// Why something was not done.
enum UserFault {
    case badName, nameTaken, noAccount, lastAdmin, badDate, badQuota, notWaiting, noKey, ownAccount
    /// - Parameter count: files that are still to be moved before the account can go.
    case filesLeft(count: Int)
    case key(KeyWish, KeyFault)

    /// nil for an error that is not about what was entered.
    fileprivate init?(_ error: AccountsError) {
        switch error {
        case .nameTaken: self = .nameTaken
        case .noAccount: self = .noAccount
        case .lastAdmin: self = .lastAdmin
        case .badQuota: self = .badQuota
        case .notWaiting: self = .notWaiting
        case .noKey: self = .noKey
        default: return nil
        }
    }
}

/// What became of a request.
enum UsersOutcome {
    /// - Parameter waiting: how many accounts wait.
    case shown(UsersContent, waiting: Int, done: String?, UserFault?)
    /// - Parameter word: what was done.
    case done(word: String, UsersView)
    /// A password that nobody can read again.
    case password(String, of: String)
    /// - Parameter key: shown this once; nil if the same form has made it before.
    case key(String?, APIKey)
}

struct UsersService {
    private let visit: Visit
    private let admin: Account
    private var accounts: Accounts { visit.site.accounts }

    init(_ visit: Visit, _ admin: Account) { (self.visit, self.admin) = (visit, admin) }

    func carryOut(_ form: UsersForm) throws -> UsersOutcome {
        switch form {
        case .look(let view, let done): return try shown(view, done: done)
        case .add(let name, let role): return try explaining(.beginning) { try add(name, role) }
        case .act(let action, let name): return try explaining(.account(name)) { try act(action, on: name) }
        case .revokeKey(let id, let account):
            return try explaining(account.map(UsersView.account) ?? .keys(after: 0)) { try revokeKey(id, from: account) }
        }
    }

    /// What cannot be done is told on the page where the form stood.
    private func explaining(_ view: UsersView, _ deed: () throws -> UsersOutcome) throws -> UsersOutcome {
        do {
            return try deed()
        } catch let refusal as Refusal {
            return try shown(view, refusal.fault)
        } catch let rest as FilesLeft {
            return try shown(view, .filesLeft(count: rest.count))
        } catch let error as AccountsError {
            guard let fault = UserFault(error) else { throw error }
            return try shown(view, fault)
        }
    }

    private struct Refusal: Error { let fault: UserFault }

    // What is shown

    private func shown(_ view: UsersView, done: String? = nil, _ fault: UserFault? = nil) throws -> UsersOutcome {
        let waiting = try accounts.waitingCount()
        if case .account(let name) = view {
            guard let account = try known(name) else { return try shown(.beginning, fault ?? .noAccount) }
            return .shown(.account(try entry(account), keys: try accounts.keys(of: account)), waiting: waiting, done: done, fault)
        }
        return .shown(try content(view), waiting: waiting, done: done, fault)
    }

    private func content(_ view: UsersView) throws -> UsersContent {
        switch view {
        case .accounts(let name, let after): return try list(accounts.part(after: after, named: name), view)
        case .waiting(let after): return try list(accounts.part(after: after, onlyWaiting: true), view)
        case .keys(let after):
            let part = try accounts.keyPart(after: after)
            return .keys(part.keys, next: part.next, view)
        case .account: return try content(.beginning)
        }
    }

    private func list(_ part: AccountPart, _ view: UsersView) throws -> UsersContent {
        .accounts(try part.accounts.map(entry), next: part.next, view)
    }

    private func entry(_ account: Account) throws -> UserEntry {
        UserEntry(account: account, numbers: try visit.site.store.numbers(of: account.id), keys: try accounts.keyCount(of: account))
    }

    /// nil for one that was deleted, too.
    private func known(_ name: String) throws -> Account? { try accounts.account(named: name).flatMap { $0.isDeleted ? nil : $0 } }

    // What is done

    private func add(_ text: String, _ role: Role) throws -> UsersOutcome {
        guard let name = AccountName(text) else { throw Refusal(fault: .badName) }
        let password = RandomPassword.make()
        try accounts.add(name, password: password, role: role)
        try tell("account added (\(role.rawValue))", name.text)
        return .password(password, of: name.text)
    }

    private func act(_ action: UserAction, on text: String) throws -> UsersOutcome {
        guard let account = try known(text) else { throw Refusal(fault: .noAccount) }
        let name = account.name
        switch action {
        case .approve: return try done("approved", .account(name), name) { try accounts.approve(name) }
        case .refuse: return try done("refused", .waiting(after: 0), name) { try accounts.refuse(name) }
        case .disable: return try done("disabled", .account(name), name) { try accounts.setDisabled(true, name) }
        case .enable: return try done("enabled", .account(name), name) { try accounts.setDisabled(false, name) }
        case .setRole(let role): return try done("saved", .account(name), name, "role \(role.rawValue)") { try accounts.setRole(role, of: name) }
        case .setEnd(let end):
            guard let end else { throw Refusal(fault: .badDate) }
            return try done("saved", .account(name), name, "end") { try accounts.setEnd(end.seconds, of: name) }
        case .setQuota(let quota):
            guard let quota else { throw Refusal(fault: .badQuota) }
            return try done("saved", .account(name), name, "quota") { try accounts.setQuota(quota, of: name) }
        case .resetPassword: return try resetPassword(of: name)
        case .createKey(let wish): return try createKey(wish, of: account)
        case .delete(let files): return try delete(account, files)
        }
    }

    private func done(_ word: String, _ view: UsersView, _ name: String, _ event: String? = nil, _ deed: () throws -> Void) throws -> UsersOutcome {
        try deed()
        try tell("account \(event ?? word)", name)
        return .done(word: word, view)
    }

    private func resetPassword(of name: String) throws -> UsersOutcome {
        let password = RandomPassword.make()
        try accounts.setPassword(of: name, to: password)
        try tell("account's password reset", name)
        return .password(password, of: name)
    }

    /// Disabled first: an interrupted deletion is done again, and no key uploads meanwhile.
    private func delete(_ account: Account, _ choice: FilesOfDeleted) throws -> UsersOutcome {
        guard account.id != admin.id else { throw Refusal(fault: .ownAccount) }
        let store = visit.site.store
        try accounts.setDisabled(true, account.name)
        let count = choice == .recycle ? try store.discardFilesInTime(of: account.id) : 0
        try accounts.delete(account.name)
        let files = choice == .recycle ? store.moveDiscardedFiles(of: account.id, marked: count) : .none
        if let failure = files.failure { Log.fail(failure, from: "admin-users") }
        try tell("account deleted, \(files.count) files recycled", account.name)
        return .done(word: choice == .recycle ? "deleted_files" : "deleted", .beginning)
    }

    private func createKey(_ wish: KeyWish, of account: Account) throws -> UsersOutcome {
        guard let end = wish.end else { throw Refusal(fault: .key(wish, .date)) }
        do {
            switch try accounts.createKey(of: account, once: wish.once, name: wish.name, scopes: wish.scopes, expiresAt: end.seconds) {
            case .made(let key, let record):
                try tell("key \(record.id) created", account.name)
                return .key(key, record)
            case .alreadyMade(let record): return .key(nil, record)
            }
        } catch let error as AccountsError {
            guard let fault = KeyFault(error) else { throw error }
            throw Refusal(fault: .key(wish, fault))
        }
    }

    private func revokeKey(_ id: Int, from account: String?) throws -> UsersOutcome {
        let key = try accounts.revokeKey(id)
        try tell("key \(id) revoked", key.account)
        return .done(word: "revoked", account.map { _ in .account(key.account) } ?? .keys(after: 0))
    }

    private func tell(_ event: String, _ name: String) throws {
        try Log.tell([("administration", .string(event)), ("account", .string(name)), ("by", .string(admin.name)),
                      ("address", .string(visit.address.description))], from: "admin-users")
    }
}
