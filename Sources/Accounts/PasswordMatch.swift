// What a slow comparison found. While it went on, the password may have been changed or the account shut: whoever lets somebody in
// asks again, in the transaction that does so.

/// An account and the stored hash that a password opened.
struct PasswordMatch {
    /// As it was before the comparison.
    let account: Account
    /// What was compared.
    let hash: String
    let reading: PasswordReading
}

extension Accounts {
    /// The account as it is now; nil when what was compared does not open it any more. Belongs into a transaction.
    func current(_ match: PasswordMatch) throws -> Account? {
        try rows.account(match.account.id, with: match.hash, isPlain: match.reading.isPlain)
    }
}
