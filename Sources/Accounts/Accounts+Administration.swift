// What an administrator does with accounts of others. Somebody can always administer the site: whatever would take that from the last one is
// refused, at once or when an account ends.

import Database
import Text

/// Some accounts of a list.
public struct AccountPart: Sendable {
    public let accounts: [Account]
    /// The next part begins behind this id; nil at the end of the list.
    public let next: Int?
}

/// Some keys of a list.
public struct KeyPart: Sendable {
    public let keys: [APIKey]
    /// As in `AccountPart`.
    public let next: Int?
}

extension Accounts {
    /// Rows of a part of a list.
    public static let partSize = 50

    /// Accounts in order of creation, without deleted ones.
    ///
    /// - Parameters:
    ///   - id: those made after this one.
    ///   - text: what the name has to hold, in any letter case.
    public func part(after id: Int = 0, named text: String = "", onlyWaiting: Bool = false, size: Int = partSize) throws -> AccountPart {
        let pattern = "%" + text.lowercased().flatMap { "%_!".contains($0) ? "!\($0)" : "\($0)" } + "%"
        let found = try rows.accounts(after: id, named: pattern, onlyWaiting: onlyWaiting, atMost: size + 1)
        let shown = Array(found.prefix(size))
        return AccountPart(accounts: shown, next: found.count > size ? shown.last?.id : nil)
    }

    /// Everybody's keys that are not revoked, in order of creation.
    public func keyPart(after id: Int = 0, size: Int = partSize) throws -> KeyPart {
        let found = try keyRows.keys(after: id, atMost: size + 1)
        let shown = Array(found.prefix(size))
        return KeyPart(keys: shown, next: found.count > size ? shown.last?.id : nil)
    }

    /// How many keys of an account work.
    public func keyCount(of account: Account) throws -> Int { try keyRows.usableCount(of: account.id, at: now()) }

    public func waitingCount() throws -> Int { try rows.waitingCount() }

    /// Gives an account another role, which counts from its next request on.
    ///
    /// - Throws: `AccountsError.noAccount`, `.lastAdmin`.
    public func setRole(_ role: Role, of name: String) throws {
        try database.write {
            let account = try known(name)
            if role != .admin { try requireAnotherAdmin(than: account) }
            try rows.setRole(role, of: account.id)
        }
    }

    /// Sets when an account ends, in seconds since 1970; nil lets it go on.
    ///
    /// - Throws: `AccountsError.noAccount`; `.lastAdmin` if it would be an earlier one, and no other administrator goes on as long as this one.
    public func setEnd(_ end: Int?, of name: String) throws {
        try database.write {
            let account = try known(name)
            if end ?? .max < account.expiresAt ?? .max { try requireAnotherAdmin(than: account) }
            try rows.setEnd(end, of: account.id)
        }
    }

    /// Sets how much an account may store. What it stores already stays.
    ///
    /// - Throws: `AccountsError.noAccount`, `.badQuota`.
    public func setQuota(_ quota: Quota, of name: String) throws {
        guard quota.bytes.map(Quota.byteLimits.contains) ?? true, quota.files.map(Quota.fileLimits.contains) ?? true else {
            throw AccountsError.badQuota
        }
        try database.write { try rows.setQuota(quota, of: known(name).id) }
    }

    /// Ends an account for good, as its owner does with `deleteAccount`.
    ///
    /// - Throws: `AccountsError.noAccount`, `.lastAdmin`.
    public func delete(_ name: String) throws { try database.write { try bury(known(name)) } }

    /// One that ends before this account does is no other: after its end there would be none.
    ///
    /// - Throws: `AccountsError.lastAdmin` if the account is an administrator that can be used, and nobody else is one for as long.
    func requireAnotherAdmin(than account: Account) throws {
        guard account.role == .admin, account.disabledAt == nil, account.expiresAt.map({ $0 >= now() }) ?? true else { return }
        guard try rows.isAdmin(besides: account.id, until: account.expiresAt ?? .max) else { throw AccountsError.lastAdmin(account.name) }
    }
}
