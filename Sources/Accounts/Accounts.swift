// Accounts and their passwords. API keys are in Accounts+Keys.swift, the authentication of requests in Caller.swift.

import Crypto
import Database
import Time

/// The service for accounts, keys and sessions.
public final class Accounts {
    let database: any Database
    let rows: AccountRows
    let keyRows: KeyRows
    let sessionRows: SessionRows
    let attemptRows: AttemptRows
    let challengeRows: ChallengeRows
    let addressRows: AddressRows
    let keyRequestRows: KeyRequestRows
    let signInRows: SignInRows
    public let commonPasswords: CommonPasswords
    let attemptsAMinute: () throws -> Int
    let now: () -> Int

    /// - Parameters:
    ///   - attemptsAMinute: wrong passwords that one address may try; 0 for any number.
    ///   - now: seconds since 1970.
    public init(database: any Database, commonPasswords: CommonPasswords = CommonPasswords(path: nil),
                attemptsAMinute: @escaping () throws -> Int = { 5 }, now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        rows = AccountRows(database: database)
        keyRows = KeyRows(database: database)
        sessionRows = SessionRows(database: database)
        attemptRows = AttemptRows(database: database)
        challengeRows = ChallengeRows(database: database)
        addressRows = AddressRows(database: database)
        keyRequestRows = KeyRequestRows(database: database)
        signInRows = SignInRows(database: database)
        self.commonPasswords = commonPasswords
        self.attemptsAMinute = attemptsAMinute
        self.now = now
    }

    /// Creates an account; names that differ only in letter case are equal.
    ///
    /// - Throws: `AccountsError.nameTaken`, `.badPassword`.
    @discardableResult
    public func add(_ name: AccountName, password: String, role: Role) throws -> Account {
        try requireChoosable(password, name: name.text, role)
        return try add(name, PasswordDigest(ofAny: password), role: role, expiresAt: nil)
    }

    /// Creates an account from the digest of its password, as other programs store it.
    ///
    /// - Parameters:
    ///   - takesDigest: whether the digest is accepted in place of the password until the password is entered once.
    ///   - weakness: a known weakness of the password.
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

    /// All accounts in order of creation.
    public func all() throws -> [Account] { try rows.all() }

    /// How many there are, disabled ones too.
    public func count() throws -> Int { try rows.count() }

    public func account(_ id: Int) throws -> Account? { try rows.account(id) }

    public func account(named name: String) throws -> Account? { try rows.account(named: name) }

    /// The account with this name and the password of this digest; for programs that know the digest, not for what clients send.
    ///
    /// - Returns: also an expired account, so that the caller can report the expiry.
    public func account(named name: String, _ digest: PasswordDigest) throws -> Account? {
        try match(name, [PasswordReading(digest: digest, isPlain: true)])?.account
    }

    /// The account with this name and this password in plain.
    public func account(named name: String, password: String) throws -> Account? {
        try match(name, PasswordReading.all(of: password).filter(\.isPlain))?.account
    }

    /// Compares with a slow hash; an unknown name takes as long as a wrong password.
    ///
    /// - Parameter waiting: whether an account that waits for an administrator counts.
    func match(_ name: String, _ readings: [PasswordReading], waiting: Bool = false) throws -> PasswordMatch? {
        let stored = try rows.secret(of: name)
        for reading in readings {
            // All readings are tried, also those that may not match: the timing must not reveal which accounts accept digests.
            guard reading.digest.opens(stored?.hash ?? Accounts.hashOfNobody), let stored, reading.isPlain || stored.account.takesDigest,
                  waiting || stored.account.waitingSince == nil else { continue }
            return PasswordMatch(account: stored.account, hash: stored.hash, reading: reading)
        }
        return nil
    }

    /// Sets a password, ends the account's sessions and deletes its known addresses.
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

    /// Disables an account with its keys and sessions, or enables it again; its files stay.
    ///
    /// - Throws: `AccountsError.noAccount`, `.lastAdmin`.
    public func setDisabled(_ disabled: Bool, _ name: String) throws {
        try database.write {
            let account = try known(name)
            if disabled { try requireAnotherAdmin(than: account) }
            guard disabled else { return try rows.open(account.id) }
            try rows.shut(account.id, at: now())
            try sessionRows.removeAll(of: account.id)
        }
    }

    func known(_ name: String) throws -> Account {
        guard let account = try account(named: name) else { throw AccountsError.noAccount(name) }
        return account
    }

    /// The hash of a discarded password, with the same cost as all others.
    private static let hashOfNobody = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$6PKLiBs55/SJ3z7NZdbpUTOrIOXAoXo/4MomvZ.3IoB"
}
