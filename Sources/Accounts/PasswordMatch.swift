// The result of a slow password comparison. The password may be changed or the account disabled during it, so callers check again with
// `current` in the transaction that writes.

/// An account and the stored hash that matched.
struct PasswordMatch {
    /// Read before the comparison.
    let account: Account
    /// The stored hash that was compared.
    let hash: String
    let reading: PasswordReading
}

extension Accounts {
    /// The account as it is now; nil if the hash was changed or the account disabled. Must be called in a transaction.
    func current(_ match: PasswordMatch) throws -> Account? {
        try rows.account(match.account.id, with: match.hash, isPlain: match.reading.isPlain)
    }
}
