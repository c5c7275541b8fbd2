// From which addresses an account was used with its right password. They are kept as digests, not many and not for ever.

import Database

extension Accounts {
    /// How many addresses of one account are kept.
    static let knownAddressLimit = 20
    /// Seconds for which one is kept after the last time.
    static let knownAddressSeconds = 90 * 86_400

    /// Whether somebody used this account from there.
    func isKnown(_ address: String, to name: String) throws -> Bool {
        guard let account = try account(named: name) else { return false }
        return try addressRows.has(Accounts.digest(of: address, account), of: account.id, seenAfter: now() - Accounts.knownAddressSeconds)
    }

    func remember(_ address: String, of account: Account) throws {
        try database.write {
            try addressRows.remove(seenUpTo: now() - Accounts.knownAddressSeconds)
            try addressRows.note(Accounts.digest(of: address, account), of: account.id, at: now())
            try addressRows.remove(of: account.id, butLast: Accounts.knownAddressLimit)
        }
    }

    private static func digest(of address: String, _ account: Account) -> [UInt8] { digest(of: "address \(account.id) \(address)") }
}
