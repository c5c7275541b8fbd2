// API keys: what scripts and programs show instead of a password. A key is seen once, when it is made; afterwards there is
// only its SHA-256, which is enough because a key is 256 random bits and cannot be guessed from its digest.

import Crypto
import Database
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
            let id = try keyRows.insert(of: owner.id, name: name, digest: Accounts.digest(of: key),
                                        prefix: String(key.prefix(Accounts.keyPrefix.count + 6)), scopes, at: now(), expiresAt: expiresAt)
            return try storedKey(id)
        }
        return (key, record)
    }

    /// All keys, or those of one account, in the order in which they were made.
    public func keys(of account: String? = nil) throws -> [APIKey] {
        if let account { _ = try known(account) }
        return try keyRows.keys(of: account)
    }

    /// Ends a key at once; the time of an earlier end stays.
    ///
    /// - Throws: `AccountsError.noKey`.
    @discardableResult
    public func revokeKey(_ id: Int) throws -> APIKey {
        try database.write {
            try keyRows.revoke(id, at: now())
            return try storedKey(id)
        }
    }

    private func storedKey(_ id: Int) throws -> APIKey {
        guard let key = try keyRows.key(id) else { throw AccountsError.noKey(id) }
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
        guard let (caller, lastUsed) = try keyRows.holder(of: Accounts.digest(of: key), at: moment), let id = caller.keyID else { return nil }
        // A clock that was set back must not stop the marks.
        if lastUsed.map({ moment - $0 >= Accounts.useInterval || $0 > moment }) ?? true { markUse(of: id, at: moment) }
        return caller
    }

    /// Whether a key was used is worth less than the request that uses it: a database that cannot be written now says so
    /// where something has to be written.
    private func markUse(of id: Int, at moment: Int) {
        try? keyRows.markUse(of: id, at: moment)
    }

    static func digest(of key: String) -> [UInt8] { SHA256.hash(Array(key.utf8)) }
}
