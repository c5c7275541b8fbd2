// Tokens of upload forms: API keys, and those that were imported from EasyImages. Its forms drop whatever cannot be part of one
// of its tokens, so blanks and dashes in them never did harm.

import SQLite
import Text

/// What a form's `token` opens.
public enum UploadToken: Sendable {
    case unknown
    /// Its own time is over, or that of its account.
    case expired
    /// - Parameter number: the id that EasyImages gave it, or the key's own.
    case valid(Caller, number: Int)
}

extension Accounts {
    /// Looks a form's token up as it was sent, and then as EasyImages reads it.
    public func uploadToken(_ text: String) throws -> UploadToken {
        guard text.utf8.count <= Accounts.keyLengthLimit else { return .unknown }
        let known = try uploadKey(text)
        if case .unknown = known {
            let cleaned = String(decoding: text.utf8.filter(\.isWordByte), as: UTF8.self)
            return cleaned.isEmpty || cleaned == text ? known : try uploadKey(cleaned)
        }
        return known
    }

    /// Records a token that another program made.
    ///
    /// - Parameter number: what it is called in answers and folders.
    /// - Returns: false when it was there already.
    @discardableResult
    public func importToken(_ token: String, number: Int, account: Account, createdAt: Int, expiresAt: Int?) throws -> Bool {
        try database.run(
            """
            INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at, expires_at, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
            """, account.id, "EasyImages token \(number)", Accounts.digest(of: token), String(token.prefix(4)),
            Set([Scope.upload]).text, createdAt, expiresAt, number) == 1
    }

    private func uploadKey(_ token: String) throws -> UploadToken {
        let found = try database.first(
            """
            SELECT api_key.id, account_id, role, scopes, api_key.expires_at, COALESCE(number, api_key.id), account.expires_at
            FROM api_key JOIN account ON account.id = account_id
            WHERE hash = ? AND revoked_at IS NULL AND disabled_at IS NULL
            """, Accounts.digest(of: token)
        ) { row in
            guard let role = Role(rawValue: row.text(2)), let scopes = Set<Scope>(text: row.text(3)) else {
                throw AccountsError.unreadableRow("API key \(row.integer(0))")
            }
            let caller = Caller(accountID: row.integer(1), role: role, scopes: scopes, keyID: row.integer(0))
            return (caller, ends: [row.optionalInteger(4), row.optionalInteger(6)].compactMap { $0 }, number: row.integer(5))
        }
        guard let found, found.0.scopes.contains(.upload) else { return .unknown }
        if let end = found.ends.min(), end < now() { return .expired }
        return .valid(found.0, number: found.number)
    }
}
