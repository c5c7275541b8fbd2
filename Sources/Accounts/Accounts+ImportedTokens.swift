// Looks up imported tokens by their text: an export has to know which of them were revoked here.

extension Accounts {
    /// The key or token with this text, also if it is revoked or expired.
    public func key(withText text: String) throws -> APIKey? { try keyRows.key(withDigest: Accounts.digest(of: text)) }

    /// Lets an imported token work until a time, also one that was stored with another end or was revoked.
    ///
    /// - Parameters:
    ///   - number: as in `importToken`.
    ///   - end: seconds since 1970.
    @discardableResult
    public func letWork(_ token: String, number: Int, account: Account, createdAt: Int, until end: Int) throws -> APIKey {
        try database.write {
            try importToken(token, number: number, account: account, createdAt: createdAt, expiresAt: end)
            try keyRows.renew(Accounts.digest(of: token), until: end)
            guard let key = try key(withText: token) else { throw AccountsError.noKey(0) }
            return key
        }
    }
}
