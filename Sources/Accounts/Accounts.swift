// Accounts and their passwords. Keys are beside it in Keys.swift, the question who sent a request in Caller.swift.

import Crypto
import SQLite
import Time

/// Who may use the site.
public final class Accounts {
    let database: Connection
    public let commonPasswords: CommonPasswords
    let now: () -> Int

    /// - Parameter now: seconds since 1970.
    public init(database: Connection, commonPasswords: CommonPasswords = CommonPasswords(path: nil),
                now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        self.commonPasswords = commonPasswords
        self.now = now
    }

    /// Makes an account; letter case does not tell names apart.
    ///
    /// - Throws: `AccountsError.nameTaken`, `.badPassword`.
    @discardableResult
    public func add(_ name: AccountName, password: String, role: Role) throws -> Account {
        try requireChoosable(password, name: name.text, role)
        return try add(name, PasswordDigest(ofAny: password), role: role, expiresAt: nil)
    }

    /// Makes an account whose password is known by its digest alone, as other programs store it.
    ///
    /// - Parameters:
    ///   - takesDigest: whether that digest opens it until its password was typed once.
    ///   - weakness: what is known to be wrong with the password.
    /// - Throws: `AccountsError.nameTaken`.
    @discardableResult
    public func add(_ name: AccountName, _ digest: PasswordDigest, role: Role, expiresAt: Int?, takesDigest: Bool = false,
                    weakness: PasswordWeakness? = nil) throws -> Account {
        let hash = try digest.slowHash()
        return try database.write {
            guard try account(named: name.text) == nil else { throw AccountsError.nameTaken(name.text) }
            try database.run(
                """
                INSERT INTO account (name, password_hash, role, created_at, expires_at, takes_digest, weakness) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, name.text, hash, role.rawValue, now(), expiresAt, takesDigest, weakness?.rawValue)
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

    /// The account with this name and the password of this digest; for programs that know the digest, not for what somebody sends.
    ///
    /// - Returns: also an account that has expired: whoever knows its password may be told.
    public func account(named name: String, _ digest: PasswordDigest) throws -> Account? {
        try match(name, [PasswordReading(digest: digest, isPlain: true)])?.account
    }

    /// The account with this name and this password, typed as it is.
    public func account(named name: String, password: String) throws -> Account? {
        try match(name, PasswordReading.all(of: password).filter(\.isPlain))?.account
    }

    /// Compares slowly; an unknown name costs as much time as a wrong password.
    func match(_ name: String, _ readings: [PasswordReading]) throws -> PasswordMatch? {
        let stored = try database.first("SELECT \(Account.columns), password_hash FROM account WHERE name = ? AND disabled_at IS NULL", name) {
            (account: try Account($0), hash: $0.text(Account.columnCount))
        }
        for reading in readings {
            // Each is tried, also one that may not open: the time must not tell which accounts take digests.
            guard reading.digest.opens(stored?.hash ?? Accounts.hashOfNobody), let stored, reading.isPlain || stored.account.takesDigest
            else { continue }
            return PasswordMatch(account: stored.account, hash: stored.hash, reading: reading)
        }
        return nil
    }

    /// Ends the account's sessions too, and forgets from where it was used: whoever knew the old password is out.
    ///
    /// - Throws: `AccountsError.noAccount`, `.badPassword`.
    public func setPassword(of name: String, to password: String) throws {
        let account = try known(name)
        try requireChoosable(password, name: account.name, account.role)
        let hash = try PasswordDigest(ofAny: password).slowHash()
        try database.write {
            try database.run("UPDATE account SET password_hash = ?, takes_digest = 0, weakness = NULL WHERE id = ?", hash, account.id)
            try database.run("DELETE FROM session WHERE account_id = ?", account.id)
            try database.run("DELETE FROM known_address WHERE account_id = ?", account.id)
        }
    }

    /// Shuts an account, and with it its keys and sessions, or opens it again; its files stay.
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
            if disabled { try database.run("DELETE FROM session WHERE account_id = ?", account.id) }
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
