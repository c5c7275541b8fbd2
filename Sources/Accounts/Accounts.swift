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
        let hash = try Accounts.hash(password)
        return try database.write {
            guard try account(named: name.text) == nil else { throw AccountsError.nameTaken(name.text) }
            try database.run("INSERT INTO account (name, password_hash, role, created_at) VALUES (?, ?, ?, ?)",
                             name.text, hash, role.rawValue, now())
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
    public func account(named name: String, password: String) throws -> Account? {
        let stored = try database.first("SELECT password_hash FROM account WHERE name = ? AND disabled_at IS NULL", name) {
            $0.text(0)
        }
        let isRight = PasswordHash(stored: stored ?? Accounts.hashOfNobody).verify(password)
        return isRight && stored != nil ? try account(named: name) : nil
    }

    /// - Throws: `AccountsError.noAccount`, `.badPassword`.
    public func setPassword(of name: String, to password: String) throws {
        let hash = try Accounts.hash(password)
        guard try database.run("UPDATE account SET password_hash = ? WHERE name = ?", hash, name) == 1 else {
            throw AccountsError.noAccount(name)
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

    private static func hash(_ password: String) throws -> String {
        guard passwordLength.contains(password.utf8.count), let hash = PasswordHash.make(password) else {
            throw AccountsError.badPassword
        }
        return hash.text
    }

    /// Of a password that was thrown away, at the cost of all others.
    private static let hashOfNobody = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$6PKLiBs55/SJ3z7NZdbpUTOrIOXAoXo/4MomvZ.3IoB"
}
