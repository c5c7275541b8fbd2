// Tokens that an import brought, looked up by their text: an export must say which of them were ended here.

extension Accounts {
    /// The key or token with this text, also one that opens nothing any more.
    public func key(withText text: String) throws -> APIKey? { try keyRows.key(withDigest: Accounts.digest(of: text)) }
}
