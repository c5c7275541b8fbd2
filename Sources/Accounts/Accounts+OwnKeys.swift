// API keys as their owner manages them on a page. Each call names the account, so that nobody changes a key of somebody else by its number.

import Crypto
import Database
import Text

/// The outcome of a form that creates a key.
public enum KeyCreation: Sendable {
    /// - Parameter key: shown this once.
    case made(key: String, APIKey)
    /// The same form was sent before, and made this key; nobody can read it any more.
    case alreadyMade(APIKey)
}

/// The random value in a form that creates a key, by which a reload of the answer is recognised.
public struct FormOnce: Sendable {
    public let text: String

    /// 16 to 64 letters, digits, `-` and `_`.
    public init?(_ text: String) {
        guard (16...64).contains(text.utf8.count), text.utf8.allSatisfy({ $0.isLetterOrDigit || "-_".utf8.contains($0) }) else { return nil }
        self.text = text
    }

    /// For a new form.
    public static func make() -> FormOnce { FormOnce(random: Base64.encode(RandomBytes.make(16), .urlSafe)) }

    private init(random text: String) { self.text = text }
}

extension Accounts {
    /// How many usable keys an account has at most.
    public static let keyCountLimit = 100
    /// How many days a key with an end works at most.
    public static let keyDaysLimit = 36_500
    /// How long a form is recognised that has made a key, in seconds.
    static let onceSeconds = 86_400

    /// Creates a key, once for each form.
    ///
    /// - Parameter expiresAt: in seconds since 1970; nil if it never expires.
    /// - Throws: `AccountsError.badKeyName`, `.noScope`, `.tooManyKeys`.
    public func createKey(of account: Account, once: FormOnce, name: String, scopes: Set<Scope>, expiresAt: Int?) throws -> KeyCreation {
        let form = Accounts.digest(of: "key form \(account.id) \(once.text)")
        return try database.write {
            try keyRequestRows.removeEnded(now())
            if let made = try keyRequestRows.key(of: form) { return .alreadyMade(try storedKey(made)) }
            guard try keyRows.usableCount(of: account.id, at: now()) < Accounts.keyCountLimit else { throw AccountsError.tooManyKeys }
            let (key, record) = try createKey(of: account.name, name: name, scopes: scopes, expiresAt: expiresAt)
            try keyRequestRows.insert(form, key: record.id, endsAt: now() + Accounts.onceSeconds)
            return .made(key: key, record)
        }
    }

    /// The account's keys that are not revoked, in order of creation.
    public func keys(of account: Account) throws -> [APIKey] { try keyRows.keys(of: account.name).filter { $0.revokedAt == nil } }

    /// - Returns: nil if the account has no such key.
    /// - Throws: `AccountsError.badKeyName`.
    public func renameKey(_ id: Int, of account: Account, to name: String) throws -> APIKey? {
        try Accounts.requireKeyName(name)
        return try database.write { try keyRows.rename(id, of: account.id, to: name) ? storedKey(id) : nil }
    }

    /// Revokes a key at once.
    ///
    /// - Returns: nil if the account has no such key.
    public func revokeKey(_ id: Int, of account: Account) throws -> APIKey? {
        try database.write { try keyRows.isKey(id, of: account.id) ? revokeKey(id) : nil }
    }
}
