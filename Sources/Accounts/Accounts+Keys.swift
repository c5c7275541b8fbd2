// API keys, which scripts and programs send instead of a password. A key is shown once, when it is created; only its SHA-256 is stored,
// which is safe because a key has 256 random bits.

import Crypto
import Database
import Text

/// An API key without the key itself.
public struct APIKey: Sendable {
    public let id: Int
    public let account: String
    /// Seconds since 1970; nil while the account is enabled.
    public let accountDisabledAt: Int?
    /// Expiry in seconds since 1970; nil if it never expires.
    public let accountExpiresAt: Int?
    public let name: String
    /// The key's first characters, for display.
    public let prefix: String
    public let scopes: Set<Scope>
    /// Seconds since 1970, like all times here.
    public let createdAt: Int
    public let expiresAt: Int?
    /// Rounded to an hour.
    public let lastUsedAt: Int?
    public let revokedAt: Int?
    /// The number that EasyImages uses for it in answers and folders; nil for a key that was created here.
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
    /// The start of each key, by which people and secret scanners recognize it.
    public static let keyPrefix = "ib_"

    /// Creates a key and returns it; it cannot be read later.
    ///
    /// - Throws: `AccountsError.noAccount`, `.badKeyName`, `.noScope`.
    public func createKey(of account: String, name: String, scopes: Set<Scope>, expiresAt: Int? = nil) throws
        -> (key: String, record: APIKey) {
        guard !scopes.isEmpty else { throw AccountsError.noScope }
        try Accounts.requireKeyName(name)
        let key = Accounts.keyPrefix + Base64.encode(RandomBytes.make(32), .urlSafe)
        let record = try database.write {
            let owner = try known(account)
            let id = try keyRows.insert(of: owner.id, name: name, digest: Accounts.digest(of: key),
                                        prefix: String(key.prefix(Accounts.keyPrefix.count + 6)), scopes, at: now(), expiresAt: expiresAt)
            return try storedKey(id)
        }
        return (key, record)
    }

    /// All keys, or those of one account, in order of creation.
    public func keys(of account: String? = nil) throws -> [APIKey] {
        if let account { _ = try known(account) }
        return try keyRows.keys(of: account)
    }

    /// Revokes a key at once; keeps the time of an earlier revocation.
    ///
    /// - Throws: `AccountsError.noKey`.
    @discardableResult
    public func revokeKey(_ id: Int) throws -> APIKey {
        try database.write {
            try keyRows.revoke(id, at: now())
            return try storedKey(id)
        }
    }

    static func requireKeyName(_ name: String) throws {
        let scalars = name.unicodeScalars
        guard (1...100).contains(name.utf8.count), scalars.allSatisfy(\.staysOnLine), scalars.contains(where: \.isVisible) else {
            throw AccountsError.badKeyName
        }
    }

    func storedKey(_ id: Int) throws -> APIKey {
        guard let key = try keyRows.key(id) else { throw AccountsError.noKey(id) }
        return key
    }

    /// Minimum seconds between two updates of `last_used_at`, so that most uploads need no second write.
    static let useInterval = 3600
    /// Maximum length in bytes; longer keys are rejected without a query.
    static let keyLengthLimit = 256

    /// The caller with this key; nil if it is unknown, revoked or expired, or its account is disabled or expired.
    func holder(of key: String) throws -> Caller? {
        guard key.utf8.count <= Accounts.keyLengthLimit else { return nil }
        let moment = now()
        guard let (caller, lastUsed) = try keyRows.holder(of: Accounts.digest(of: key), at: moment), let id = caller.keyID else { return nil }
        // A last use in the future (the clock was set back) is overwritten.
        if lastUsed.map({ moment - $0 >= Accounts.useInterval || $0 > moment }) ?? true { markUse(of: id, at: moment) }
        return caller
    }

    /// Errors are ignored: a request that only reads must not fail because the database cannot be written.
    private func markUse(of id: Int, at moment: Int) {
        try? keyRows.markUse(of: id, at: moment)
    }

    static func digest(of key: String) -> [UInt8] { SHA256.hash(Array(key.utf8)) }
}

extension Unicode.Scalar {
    /// Whether it neither ends a line nor turns the direction of what follows.
    fileprivate var staysOnLine: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !properties.isBidiControl
        }
    }

    /// Whether it shows something of itself (Unicode Standard, section 5.21).
    fileprivate var isVisible: Bool { !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint }
}
