// What somebody does with the own account. Whoever finds a browser signed in must not be able to take the account over, so the password is
// asked for again, and guesses are counted together with those at signing in.

import Settings
import Text

/// The outcome of a change that needs the current password.
public enum GuardedChange: Sendable, Equatable {
    case done
    /// The current password is wrong, or was changed meanwhile.
    case wrongPassword
    /// - Parameter seconds: until this address may try again.
    case tooMany(seconds: Int)
}

extension Accounts {
    /// Changes the account's own password and ends its other sessions.
    ///
    /// - Parameters:
    ///   - current: the password until now.
    ///   - address: the network whose attempts are limited.
    ///   - session: the value of the session cookie that stays valid.
    /// - Throws: `AccountsError.badPassword`.
    public func changePassword(of account: Account, current: String, new: String, from address: String, session: String) throws -> GuardedChange {
        try requireChoosable(new, name: account.name, account.role)
        return try guarded(account, current, from: address) {
            let hash = try PasswordDigest(ofAny: new).slowHash()
            return {
                try self.rows.setPassword(of: account.id, hash: hash)
                _ = try self.sessionRows.removeAll(of: account.id, but: Accounts.digest(of: session))
                try self.addressRows.removeAll(of: account.id)
                try self.remember(address, of: account)
            }
        }
    }

    /// Ends an account for good: its name is free again, its keys and sessions open nothing. Its files and synchronised JSON stay; they belong
    /// to nobody who could sign in.
    ///
    /// - Parameter first: what is done before, once the password is known to be right.
    /// - Throws: `AccountsError.lastAdmin`.
    public func deleteAccount(_ account: Account, password: String, from address: String, first: () throws -> Void = {}) throws -> GuardedChange {
        try guarded(account, password, from: address) {
            try requireAnotherAdmin(than: account)
            try first()
            return { try self.bury(account) }
        }
    }

    /// What `deleteAccount` does with the rows, in a transaction.
    func bury(_ account: Account) throws {
        try requireAnotherAdmin(than: account)
        try keyRows.revokeAll(of: account.id, at: now())
        try sessionRows.removeAll(of: account.id)
        try addressRows.removeAll(of: account.id)
        try rows.bury(account.id, as: Accounts.nameOfDeleted(account.id), at: now())
    }

    /// Sets what an account prefers; nil for no preference.
    public func setPreferences(of account: Account, language: Language?, linkFormat: LinkFormat?) throws {
        try rows.setPreferences(of: account.id, language?.tag, linkFormat?.rawValue)
    }

    /// Cannot be the name of an account that is registered, added or imported.
    static func nameOfDeleted(_ id: Int) -> String { "(deleted \(id))" }

    /// - Parameter prepare: what is slow, outside of the transaction; it returns what changes the database.
    private func guarded(_ account: Account, _ password: String, from address: String, prepare: () throws -> () throws -> Void) throws
        -> GuardedChange {
        let seconds = try waitToLogIn(from: address)
        guard seconds == 0 else { return .tooMany(seconds: seconds) }
        guard let match = try match(account.name, PasswordReading.all(of: password)), match.account.id == account.id else { return .wrongPassword }
        let change = try prepare()
        return try database.write {
            guard try current(match) != nil else { return .wrongPassword }
            try takeBack("login", who: address, loginsOfAddress)
            try change()
            return .done
        }
    }
}
