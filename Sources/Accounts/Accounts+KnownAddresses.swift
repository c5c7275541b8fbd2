// From which addresses an account was used with its right password. They are kept as digests, not many and not for ever.

import SQLite

extension Accounts {
    /// How many addresses of one account are kept.
    static let knownAddressLimit = 20
    /// Seconds for which one is kept after the last time.
    static let knownAddressSeconds = 90 * 86_400

    /// Whether somebody used this account from there.
    func isKnown(_ address: String, to name: String) throws -> Bool {
        guard let account = try account(named: name) else { return false }
        return try database.first("SELECT 1 FROM known_address WHERE account_id = ? AND hash = ? AND seen_at > ?", account.id,
                                  Accounts.digest(of: address, account), now() - Accounts.knownAddressSeconds) { _ in true } ?? false
    }

    func remember(_ address: String, of account: Account) throws {
        try database.write {
            try database.run("DELETE FROM known_address WHERE seen_at <= ?", now() - Accounts.knownAddressSeconds)
            try database.run(
                """
                INSERT INTO known_address VALUES (?, ?, ?) ON CONFLICT (account_id, hash) DO UPDATE SET seen_at = excluded.seen_at
                """, account.id, Accounts.digest(of: address, account), now())
            try database.run(
                """
                DELETE FROM known_address WHERE account_id = ?1 AND hash NOT IN (
                    SELECT hash FROM known_address WHERE account_id = ?1 ORDER BY seen_at DESC LIMIT ?2)
                """, account.id, Accounts.knownAddressLimit)
        }
    }

    private static func digest(of address: String, _ account: Account) -> [UInt8] { digest(of: "address \(account.id) \(address)") }
}
