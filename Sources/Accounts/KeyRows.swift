// The statements on the table `api_key`.

import Database

struct KeyRows {
    let database: any Database

    /// The columns of `APIKey`.
    private static let stored = """
        api_key.id, account.name, api_key.name, prefix, scopes, api_key.created_at, api_key.expires_at, last_used_at,
        revoked_at, number, account.disabled_at, account.expires_at
        FROM api_key JOIN account ON account.id = account_id
        """

    func key(_ id: Int) throws -> APIKey? {
        try database.first("SELECT \(Self.stored) WHERE api_key.id = ?", id) { try APIKey($0) }
    }

    /// Also if it is revoked or expired.
    func key(withDigest digest: [UInt8]) throws -> APIKey? {
        try database.first("SELECT \(Self.stored) WHERE hash = ?", digest) { try APIKey($0) }
    }

    /// In order of creation.
    func keys(of account: String?) throws -> [APIKey] {
        try database.all("SELECT \(Self.stored) WHERE ?1 IS NULL OR account.name = ?1 ORDER BY api_key.id", account) { try APIKey($0) }
    }

    /// Everybody's that are not revoked, in order of creation.
    func keys(after id: Int, atMost count: Int) throws -> [APIKey] {
        try database.all("SELECT \(Self.stored) WHERE api_key.id > ? AND revoked_at IS NULL ORDER BY api_key.id LIMIT ?", id, count) { try APIKey($0) }
    }

    /// The caller with this key, if it is valid at that moment: not revoked, not expired, its account neither disabled nor expired.
    func holder(of digest: [UInt8], at moment: Int) throws -> (caller: Caller, lastUsedAt: Int?)? {
        try database.first(
            """
            SELECT api_key.id, account_id, role, scopes, last_used_at, CASE WHEN account.name LIKE ?3 THEN 1 ELSE 0 END FROM api_key JOIN account ON account.id = account_id
            WHERE hash = ?1 AND revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > ?2) AND disabled_at IS NULL
                AND (account.expires_at IS NULL OR account.expires_at >= ?2)
            """, digest, moment, Examiner.start + "%"
        ) { row in
            var caller = try Caller(ofKey: row)
            caller.isExaminer = row.integer(5) != 0
            return (caller, row.optionalInteger(4))
        }
    }

    /// The caller with this key, if the key is not revoked and the account not disabled; with the expiry of both, and the key's number.
    func uploader(of digest: [UInt8]) throws -> (caller: Caller, ends: [Int], number: Int)? {
        try database.first(
            """
            SELECT api_key.id, account_id, role, scopes, api_key.expires_at, COALESCE(number, api_key.id), account.expires_at
            FROM api_key JOIN account ON account.id = account_id
            WHERE hash = ? AND revoked_at IS NULL AND disabled_at IS NULL
            """, digest) { row in
            (try Caller(ofKey: row), [row.optionalInteger(4), row.optionalInteger(6)].compactMap { $0 }, row.integer(5))
        }
    }

    /// - Returns: its id.
    func insert(of account: Int, name: String, digest: [UInt8], prefix: String, _ scopes: Set<Scope>, at moment: Int, expiresAt: Int?) throws
        -> Int {
        try database.insert(
            """
            INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            """, account, name, digest, prefix, scopes.text, moment, expiresAt) ?? 0
    }

    /// Inserts an imported key, with its number in the other program.
    ///
    /// - Returns: false if it was stored already.
    func insert(of account: Int, name: String, digest: [UInt8], prefix: String, _ scopes: Set<Scope>, at moment: Int, expiresAt: Int?, number: Int)
        throws -> Bool {
        try database.run(
            """
            INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at, expires_at, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
            """, account, name, digest, prefix, scopes.text, moment, expiresAt, number) == 1
    }

    /// How many keys of an account are neither revoked nor expired.
    func usableCount(of account: Int, at moment: Int) throws -> Int {
        try database.first(
            """
            SELECT COUNT(*) FROM api_key WHERE account_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)
            """, account, moment) { $0.integer(0) } ?? 0
    }

    func isKey(_ id: Int, of account: Int) throws -> Bool {
        try database.has("SELECT 1 FROM api_key WHERE id = ? AND account_id = ?", id, account)
    }

    /// - Returns: false if the account has no such key.
    func rename(_ id: Int, of account: Int, to name: String) throws -> Bool {
        try database.run("UPDATE api_key SET name = ? WHERE id = ? AND account_id = ?", name, id, account) == 1
    }

    /// Removes an examiner's keys as if they had never been; those of any other account stay.
    func removeAll(ofExaminer account: Int) throws {
        try database.run("DELETE FROM api_key WHERE account_id = (SELECT id FROM account WHERE id = ? AND name LIKE ?)", account, Examiner.start + "%")
    }

    func revokeAll(of account: Int, at moment: Int) throws {
        try database.run("UPDATE api_key SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL", moment, account)
    }

    func markUse(of id: Int, at moment: Int) throws { try database.run("UPDATE api_key SET last_used_at = ? WHERE id = ?", moment, id) }

    /// Gives a key another end, and takes back a revocation.
    func renew(_ digest: [UInt8], until end: Int) throws {
        try database.run("UPDATE api_key SET expires_at = ?, revoked_at = NULL WHERE hash = ?", end, digest)
    }

    /// Keeps the time of an earlier revocation.
    func revoke(_ id: Int, at moment: Int) throws {
        try database.run("UPDATE api_key SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", moment, id)
    }
}

extension Caller {
    /// Columns: id, account, role, scopes.
    fileprivate init(ofKey row: Row) throws {
        guard let role = Role(rawValue: row.text(2)), let scopes = Set<Scope>(text: row.text(3)) else {
            throw AccountsError.unreadableRow("API key \(row.integer(0))")
        }
        self.init(accountID: row.integer(1), role: role, scopes: scopes, keyID: row.integer(0))
    }
}
