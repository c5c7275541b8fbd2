// Tokens that an import brought, looked up by their text: an export must say which of them were ended here.

import SQLite

extension Accounts {
    /// The key or token with this text, also one that opens nothing any more.
    public func key(withText text: String) throws -> APIKey? {
        try database.first(
            "SELECT \(APIKey.columns) FROM api_key JOIN account ON account.id = account_id WHERE hash = ?", Accounts.digest(of: text),
            make: { try APIKey($0) })
    }
}
