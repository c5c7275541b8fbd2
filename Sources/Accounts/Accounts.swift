// Accounts and their passwords. Keys are beside it in Keys.swift, the question who sent a request in Caller.swift.

import Crypto
import Glibc
import SQLite

/// Who may use the site.
public final class Accounts {
    let database: Connection
    let now: () -> Int

    /// Bytes; the upper limit is what crypt(3) is given.
    public static let passwordLength = 8...PasswordHash.lengthLimit

    /// - Parameter now: seconds since 1970.
    public init(database: Connection, now: @escaping () -> Int = { time(nil) }) {
        self.database = database
        self.now = now
    }

    /// Makes an account; letter case does not tell names apart.
    ///
    /// - Throws: `AccountsError.nameTaken`, `.badPassword`.
    @discardableResult
    public func add(_ name: AccountName, password: String, role: Role) throws -> Account {
        guard let digest = PasswordDigest(of: password) else { throw AccountsError.badPassword }
        return try add(name, digest, role: role, expiresAt: nil)
    }

    /// Makes an account whose password is known by its digest alone, as other programs store it.
    ///
    /// - Throws: `AccountsError.nameTaken`.
    @discardableResult
    public func add(_ name: AccountName, _ digest: PasswordDigest, role: Role, expiresAt: Int?) throws -> Account {
        let hash = try digest.slowHash()
        return try database.write {
            guard try account(named: name.text) == nil else { throw AccountsError.nameTaken(name.text) }
            try database.run("INSERT INTO account (name, password_hash, role, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                             name.text, hash, role.rawValue, now(), expiresAt)
            return try known(name.text)
        }
    }

    /// All accounts in the order in which they were made.
    public func all() throws -> [Account] {
        try database.all("SELECT \(Account.columns) FROM account ORDER BY id") { try Account($0) }
    }

    public func account(named name: String) throws -> Account? {
        try database.first("SELECT \(Account.columns) FROM account WHERE name = ?", name) { try Account($0) }
    }

    /// The account with this name and this password; an unknown name costs as much time as a wrong password.
    ///
    /// - Returns: also an account that has expired: whoever knows its password may be told.
    public func account(named name: String, _ digest: PasswordDigest) throws -> Account? {
        let stored = try database.first("SELECT password_hash FROM account WHERE name = ? AND disabled_at IS NULL", name) {
            $0.text(0)
        }
        let isRight = digest.opens(stored ?? Accounts.hashOfNobody)
        return isRight && stored != nil ? try account(named: name) : nil
    }

    /// The same for a password in plain text.
    public func account(named name: String, password: String) throws -> Account? {
        try PasswordDigest(of: password).flatMap { try account(named: name, $0) }
    }

    /// Ends the account's sessions too: whoever knew the old password is out.
    ///
    /// - Throws: `AccountsError.noAccount`, `.badPassword`.
    public func setPassword(of name: String, to password: String) throws {
        guard let digest = PasswordDigest(of: password) else { throw AccountsError.badPassword }
        try setPassword(of: name, to: digest)
    }

    /// - Throws: `AccountsError.noAccount`.
    public func setPassword(of name: String, to digest: PasswordDigest) throws {
        let hash = try digest.slowHash()
        try database.write {
            guard try database.run("UPDATE account SET password_hash = ? WHERE name = ?", hash, name) == 1 else {
                throw AccountsError.noAccount(name)
            }
            try database.run("DELETE FROM session WHERE account_id = (SELECT id FROM account WHERE name = ?)", name)
        }
    }

    /// Shuts an account, and with it its keys, or opens it again; its files stay.
    ///
    /// - Throws: `AccountsError.noAccount`, `.lastAdmin`.
    public func setDisabled(_ disabled: Bool, _ name: String) throws {
        try database.write {
            let account = try known(name)
            if disabled, account.role == .admin, account.disabledAt == nil, try usableAdmins() == 1 {
                throw AccountsError.lastAdmin(name)
            }
            try database.run("UPDATE account SET disabled_at = CASE WHEN ? THEN COALESCE(disabled_at, ?) END WHERE id = ?",
                             disabled, now(), account.id)
        }
    }

    func known(_ name: String) throws -> Account {
        guard let account = try account(named: name) else { throw AccountsError.noAccount(name) }
        return account
    }

    private func usableAdmins() throws -> Int {
        try database.first("SELECT COUNT(*) FROM account WHERE role = 'admin' AND disabled_at IS NULL") { $0.integer(0) } ?? 0
    }

    /// Of a password that was thrown away, at the cost of all others.
    private static let hashOfNobody = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$6PKLiBs55/SJ3z7NZdbpUTOrIOXAoXo/4MomvZ.3IoB"
}
