// The addresses from which an account logged in. Stored as digests, limited in number and time.

import Database

extension Accounts {
    /// Maximum number of addresses stored for an account.
    static let knownAddressLimit = 20
    /// How long one is stored after its last use, in seconds.
    static let knownAddressSeconds = 90 * 86_400

    /// Whether this account has logged in from that address.
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
