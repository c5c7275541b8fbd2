// Tokens of upload forms: API keys, and those that were imported from EasyImages. Its forms drop whatever cannot be part of one
// of its tokens, so blanks and dashes in them never did harm.

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
        try keyRows.insert(of: account.id, name: "EasyImages token \(number)", digest: Accounts.digest(of: token), prefix: String(token.prefix(4)),
                           [.upload], at: createdAt, expiresAt: expiresAt, number: number)
    }

    private func uploadKey(_ token: String) throws -> UploadToken {
        guard let found = try keyRows.uploader(of: Accounts.digest(of: token)), found.caller.scopes.contains(.upload) else { return .unknown }
        if let end = found.ends.min(), end < now() { return .expired }
        return .valid(found.caller, number: found.number)
    }
}
