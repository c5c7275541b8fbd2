// API keys: what scripts and programs show instead of a password. A key is seen once, when it is made; afterwards there is
// only its SHA-256, which is enough because a key is 256 random bits and cannot be guessed from its digest.

import Crypto
import SQLite
import Text

/// An API key without the key itself.
public struct APIKey: Sendable {
    public let id: Int
    public let account: String
    /// Seconds since 1970; nil while the account can be used.
    public let accountDisabledAt: Int?
    /// Seconds since 1970, up to which the account can be used; nil for ever.
    public let accountExpiresAt: Int?
    public let name: String
    /// The key's first characters, to tell it from others.
    public let prefix: String
    public let scopes: Set<Scope>
    /// Seconds since 1970, like all times here.
    public let createdAt: Int
    public let expiresAt: Int?
    /// To the hour.
    public let lastUsedAt: Int?
    public let revokedAt: Int?
    /// What EasyImages called it in answers and folders; nil for a key that was made here.
    public let number: Int?

    static let columns = """
        api_key.id, account.name, api_key.name, prefix, scopes, api_key.created_at, api_key.expires_at, last_used_at,
        revoked_at, number, account.disabled_at, account.expires_at
        """

    init(_ row: Row) throws {
        id = row.integer(0)
        account = row.text(1)
        name = row.text(2)
        prefix = row.text(3)
        guard let scopes = Set<Scope>(text: row.text(4)) else { throw AccountsError.unreadableRow("API key \(row.integer(0))") }
        self.scopes = scopes
        createdAt = row.integer(5)
        expiresAt = row.optionalInteger(6)
        lastUsedAt = row.optionalInteger(7)
        revokedAt = row.optionalInteger(8)
        number = row.optionalInteger(9)
        accountDisabledAt = row.optionalInteger(10)
        accountExpiresAt = row.optionalInteger(11)
    }
}

extension Accounts {
    /// What a key starts with, so that people and secret scanners know one when they see it.
    public static let keyPrefix = "ib_"

    /// Makes a key and returns it: the only moment at which it can be read.
    ///
    /// - Throws: `AccountsError.noAccount`, `.badKeyName`, `.noScope`.
    public func createKey(of account: String, name: String, scopes: Set<Scope>, expiresAt: Int? = nil) throws
        -> (key: String, record: APIKey) {
        guard !scopes.isEmpty else { throw AccountsError.noScope }
        guard (1...100).contains(name.utf8.count),
              name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw AccountsError.badKeyName
        }
        let key = Accounts.keyPrefix + Base64.encode(RandomBytes.make(32), .urlSafe)
        let record = try database.write {
            let owner = try known(account)
            try database.run(
                """
                INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, owner.id, name, Accounts.digest(of: key), String(key.prefix(Accounts.keyPrefix.count + 6)), scopes.text,
                now(), expiresAt)
            return try storedKey(Int(database.lastInsertedID))
        }
        return (key, record)
    }

    /// All keys, or those of one account, in the order in which they were made.
    public func keys(of account: String? = nil) throws -> [APIKey] {
        if let account { _ = try known(account) }
        return try database.all(
            """
            SELECT \(APIKey.columns) FROM api_key JOIN account ON account.id = account_id
            WHERE ?1 IS NULL OR account.name = ?1 ORDER BY api_key.id
            """, account) { try APIKey($0) }
    }

    /// Ends a key at once; the time of an earlier end stays.
    ///
    /// - Throws: `AccountsError.noKey`.
    @discardableResult
    public func revokeKey(_ id: Int) throws -> APIKey {
        try database.write {
            try database.run("UPDATE api_key SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", now(), id)
            return try storedKey(id)
        }
    }

    private func storedKey(_ id: Int) throws -> APIKey {
        guard let key = try database.first(
            "SELECT \(APIKey.columns) FROM api_key JOIN account ON account.id = account_id WHERE api_key.id = ?", id,
            make: { try APIKey($0) }) else { throw AccountsError.noKey(id) }
        return key
    }

    /// A key is marked as used at most this often, in seconds: an upload does not wait for a second write.
    static let useInterval = 3600
    /// No key is longer, in bytes; what is longer is not even looked up.
    static let keyLengthLimit = 256

    /// Whose key this is, when it opens anything now: known, not revoked, not expired, its account neither disabled nor expired.
    func holder(of key: String) throws -> Caller? {
        guard key.utf8.count <= Accounts.keyLengthLimit else { return nil }
        let moment = now()
        let found = try database.first(
            """
            SELECT api_key.id, account_id, role, scopes, last_used_at FROM api_key JOIN account ON account.id = account_id
            WHERE hash = ?1 AND revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > ?2) AND disabled_at IS NULL
                AND (account.expires_at IS NULL OR account.expires_at >= ?2)
            """, Accounts.digest(of: key), moment
        ) { row in
            guard let role = Role(rawValue: row.text(2)), let scopes = Set<Scope>(text: row.text(3)) else {
                throw AccountsError.unreadableRow("API key \(row.integer(0))")
            }
            let caller = Caller(accountID: row.integer(1), role: role, scopes: scopes, keyID: row.integer(0))
            return (caller, id: row.integer(0), lastUsed: row.optionalInteger(4))
        }
        guard let (caller, id, lastUsed) = found else { return nil }
        // A clock that was set back must not stop the marks.
        if lastUsed.map({ moment - $0 >= Accounts.useInterval || $0 > moment }) ?? true { markUse(of: id, at: moment) }
        return caller
    }

    /// Whether a key was used is worth less than the request that uses it: a database that cannot be written now says so
    /// where something has to be written.
    private func markUse(of id: Int, at moment: Int) {
        _ = try? database.run("UPDATE api_key SET last_used_at = ? WHERE id = ?", moment, id)
    }

    static func digest(of key: String) -> [UInt8] { SHA256.hash(Array(key.utf8)) }
}
