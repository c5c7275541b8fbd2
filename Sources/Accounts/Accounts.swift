// Accounts and their passwords. Keys are beside it in Accounts+Keys.swift, the question who sent a request in Caller.swift.

import Crypto
import Database
import Time

/// Who may use the site.
public final class Accounts {
    let database: any Database
    let rows: AccountRows
    let keyRows: KeyRows
    let sessionRows: SessionRows
    let attemptRows: AttemptRows
    let challengeRows: ChallengeRows
    let addressRows: AddressRows
    public let commonPasswords: CommonPasswords
    let now: () -> Int

    /// - Parameter now: seconds since 1970.
    public init(database: any Database, commonPasswords: CommonPasswords = CommonPasswords(path: nil),
                now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        rows = AccountRows(database: database)
        keyRows = KeyRows(database: database)
        sessionRows = SessionRows(database: database)
        attemptRows = AttemptRows(database: database)
        challengeRows = ChallengeRows(database: database)
        addressRows = AddressRows(database: database)
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
            try rows.insert(name, hash: hash, role, at: now(), expiresAt: expiresAt, takesDigest: takesDigest, weakness)
            return try known(name.text)
        }
    }

    /// All accounts in the order in which they were made.
    public func all() throws -> [Account] { try rows.all() }

    public func account(named name: String) throws -> Account? { try rows.account(named: name) }

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
        let stored = try rows.secret(of: name)
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
            try rows.setPassword(of: account.id, hash: hash)
            try sessionRows.removeAll(of: account.id)
            try addressRows.removeAll(of: account.id)
        }
    }

    /// Shuts an account, and with it its keys and sessions, or opens it again; its files stay.
    ///
    /// - Throws: `AccountsError.noAccount`, `.lastAdmin`.
    public func setDisabled(_ disabled: Bool, _ name: String) throws {
        try database.write {
            let account = try known(name)
            if disabled, account.role == .admin, account.disabledAt == nil, try rows.usableAdminCount() == 1 {
                throw AccountsError.lastAdmin(name)
            }
            guard disabled else { return try rows.open(account.id) }
            try rows.shut(account.id, at: now())
            try sessionRows.removeAll(of: account.id)
        }
    }

    func known(_ name: String) throws -> Account {
        guard let account = try account(named: name) else { throw AccountsError.noAccount(name) }
        return account
    }

    /// Of a password that was thrown away, at the cost of all others.
    private static let hashOfNobody = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$6PKLiBs55/SJ3z7NZdbpUTOrIOXAoXo/4MomvZ.3IoB"
}
