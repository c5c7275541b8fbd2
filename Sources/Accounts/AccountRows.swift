// The statements on the table `account`. The column `name` compares without letter case.

import Database

struct AccountRows {
    let database: any Database

    private static let columns = Account.columns

    func all() throws -> [Account] { try database.all("SELECT \(Self.columns) FROM account ORDER BY id") { try Account($0) } }

    func count() throws -> Int { try database.first("SELECT COUNT(*) FROM account") { $0.integer(0) } ?? 0 }

    func account(_ id: Int) throws -> Account? {
        try database.first("SELECT \(Self.columns) FROM account WHERE id = ?", id) { try Account($0) }
    }

    func account(named name: String) throws -> Account? {
        try database.first("SELECT \(Self.columns) FROM account WHERE name = ?", name) { try Account($0) }
    }

    /// An account that is not disabled, or waits, with its password hash; also an expired one.
    func secret(of name: String) throws -> (account: Account, hash: String)? {
        try database.first(
            """
            SELECT \(Self.columns), password_hash FROM account WHERE name = ? AND (disabled_at IS NULL OR waiting_since IS NOT NULL)
            """, name) { (account: try Account($0), hash: $0.text(Account.columnCount)) }
    }

    /// The account, if it is neither disabled nor expired and still has this hash.
    ///
    /// - Parameter isPlain: false if a digest was sent instead of the password; only accounts that accept a digest are returned then.
    func account(_ id: Int, with hash: String, isPlain: Bool) throws -> Account? {
        try database.first(
            """
            SELECT \(Self.columns) FROM account
            WHERE id = ? AND password_hash = ? AND disabled_at IS NULL AND (takes_digest <> 0 OR ? <> 0)
            """, id, hash, isPlain) { try Account($0) }
    }

    /// Whether somebody else is an administrator, and can be until that moment or without end.
    func isAdmin(besides id: Int, until moment: Int) throws -> Bool {
        try database.has(
            """
            SELECT 1 FROM account WHERE role = 'admin' AND id <> ? AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at >= ?)
            """, id, moment)
    }

    /// Accounts in order of creation, without deleted ones.
    ///
    /// - Parameters:
    ///   - id: those made after this one.
    ///   - pattern: of LIKE, in lower case; "%" is all.
    func accounts(after id: Int, named pattern: String, onlyWaiting: Bool, atMost count: Int) throws -> [Account] {
        try database.all(
            """
            SELECT \(Self.columns) FROM account WHERE id > ? AND password_hash <> '' AND lower(name) LIKE ? ESCAPE '!'
                AND (waiting_since IS NOT NULL OR ? = 0) ORDER BY id LIMIT ?
            """, id, pattern, onlyWaiting, count) { try Account($0) }
    }

    func setRole(_ role: Role, of id: Int) throws { try database.run("UPDATE account SET role = ? WHERE id = ?", role.rawValue, id) }

    func setEnd(_ end: Int?, of id: Int) throws { try database.run("UPDATE account SET expires_at = ? WHERE id = ?", end, id) }

    func setQuota(_ quota: Quota, of id: Int) throws {
        try database.run("UPDATE account SET byte_limit = ?, file_limit = ? WHERE id = ?", quota.bytes, quota.files, id)
    }

    func waitingCount() throws -> Int {
        try database.first("SELECT COUNT(*) FROM account WHERE waiting_since IS NOT NULL") { $0.integer(0) } ?? 0
    }

    func insert(_ name: AccountName, hash: String, _ role: Role, at moment: Int, expiresAt: Int?, takesDigest: Bool, _ weakness: PasswordWeakness?)
        throws {
        try database.run(
            """
            INSERT INTO account (name, password_hash, role, created_at, expires_at, takes_digest, weakness) VALUES (?, ?, ?, ?, ?, ?, ?)
            """, name.text, hash, role.rawValue, moment, expiresAt, takesDigest, weakness?.rawValue)
    }

    /// - Parameter name: begins with `Examiner.start`.
    func insertExaminer(_ name: String, at moment: Int, expiresAt: Int) throws {
        try database.run("INSERT INTO account (name, password_hash, role, created_at, expires_at) VALUES (?, '', 'user', ?, ?)", name, moment, expiresAt)
    }

    /// Ids of examiners that ended before a moment.
    func examiners(endedBefore moment: Int) throws -> [Int] {
        try database.all("SELECT id FROM account WHERE name LIKE ? AND expires_at < ?", Examiner.start + "%", moment) { $0.integer(0) }
    }

    /// Removes an examiner's row, to which nothing refers any more.
    func removeExaminer(_ id: Int) throws { try database.run("DELETE FROM account WHERE id = ? AND name LIKE ?", id, Examiner.start + "%") }

    /// Stores a password that was entered here: its digest is not accepted any more, and it has no known weakness.
    func setPassword(of id: Int, hash: String) throws {
        try database.run("UPDATE account SET password_hash = ?, takes_digest = 0, weakness = NULL WHERE id = ?", hash, id)
    }

    /// Records that the current password was entered in plain.
    func setTyped(_ weakness: PasswordWeakness?, of id: Int) throws {
        try database.run("UPDATE account SET takes_digest = 0, weakness = ? WHERE id = ?", weakness?.rawValue, id)
    }

    /// Keeps the time of an earlier disabling. The account does not wait any more.
    func shut(_ id: Int, at moment: Int) throws {
        try database.run("UPDATE account SET disabled_at = COALESCE(disabled_at, ?), waiting_since = NULL WHERE id = ?", moment, id)
    }

    func open(_ id: Int) throws { try database.run("UPDATE account SET disabled_at = NULL, waiting_since = NULL WHERE id = ?", id) }

    func letWait(_ id: Int, since moment: Int) throws {
        try database.run("UPDATE account SET disabled_at = ?1, waiting_since = ?1 WHERE id = ?2", moment, id)
    }

    /// Removes an account that never was in use: nothing refers to its row.
    func removeWaiting(_ id: Int) throws { try database.run("DELETE FROM account WHERE id = ? AND waiting_since IS NOT NULL", id) }

    func setPreferences(of id: Int, _ language: String?, _ linkFormat: String?) throws {
        try database.run("UPDATE account SET language = ?, link_format = ? WHERE id = ?", language, linkFormat, id)
    }

    /// Takes name and password from an account and disables it; what refers to it stays.
    func bury(_ id: Int, as name: String, at moment: Int) throws {
        try database.run("UPDATE account SET name = ?, password_hash = '', takes_digest = 0, weakness = NULL, disabled_at = ? WHERE id = ?",
                         name, moment, id)
    }
}
