// Carries out what the account's page is asked for.

import Accounts
import MediaStore
import Pages
import Site

/// What the page shows of an account.
struct AccountOverview {
    let account: Account
    let keys: [APIKey]
    let numbers: OwnerNumbers
    let recent: [StoredFile]
}

/// What became of a request.
enum AccountOutcome {
    case looked(done: String?)
    case made(key: String, APIKey)
    case alreadyMade
    case refusedKey(KeyWish, KeyFault)
    case renamed, revoked, badName, notOwn
    case settings(client: String, key: String)
}

struct AccountService {
    private let visit: Visit
    private let account: Account
    private var accounts: Accounts { visit.site.accounts }

    /// How many recent files are shown.
    private static let recentFiles = 8

    init(_ visit: Visit, _ account: Account) { (self.visit, self.account) = (visit, account) }

    func carryOut(_ form: AccountForm) throws -> AccountOutcome {
        switch form {
        case .look(let done): return .looked(done: done)
        case .createKey(let wish): return try create(wish)
        case .renameKey(let id, let name): return try rename(id, to: name)
        case .revokeKey(let id): return try accounts.revokeKey(id, of: account) == nil ? .notOwn : .revoked
        case .settings(let client, let key): return .settings(client: client, key: ClientSettings.isKey(key) ? key : ClientSettings.keyPlaceholder)
        }
    }

    func overview() throws -> AccountOverview {
        AccountOverview(account: account, keys: try accounts.keys(of: account), numbers: try visit.site.store.numbers(of: account.id),
                        recent: try visit.site.store.newest(of: account.id, atMost: AccountService.recentFiles))
    }

    private func create(_ wish: KeyWish) throws -> AccountOutcome {
        guard let end = wish.end else { return .refusedKey(wish, .date) }
        do {
            switch try accounts.createKey(of: account, once: wish.once, name: wish.name, scopes: wish.scopes, expiresAt: end.seconds) {
            case .made(let key, let record): return .made(key: key, record)
            case .alreadyMade: return .alreadyMade
            }
        } catch let error as AccountsError {
            guard let fault = KeyFault(error) else { throw error }
            return .refusedKey(wish, fault)
        }
    }

    private func rename(_ id: Int, to name: String) throws -> AccountOutcome {
        do {
            return try accounts.renameKey(id, of: account, to: name) == nil ? .notOwn : .renamed
        } catch AccountsError.badKeyName {
            return .badName
        }
    }
}
