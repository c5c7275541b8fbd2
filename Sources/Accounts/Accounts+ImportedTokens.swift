// Looks up imported tokens by their text: an export has to know which of them were revoked here.

extension Accounts {
    /// The key or token with this text, also if it is revoked or expired.
    public func key(withText text: String) throws -> APIKey? { try keyRows.key(withDigest: Accounts.digest(of: text)) }
}
