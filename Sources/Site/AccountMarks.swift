// Several people may sign in with the same browser, one after the other or in two tabs at once. The scripts of the upload page keep unfinished
// files beyond a session; by the account's mark they tell whose these are, and with each request they tell for whom they send, so that no
// file comes into another account.

import Accounts
import Crypto
import HTTP
import Text

/// The marks of a site's accounts: opaque, the same in all sessions of an account, and no credentials.
public struct AccountMarks: Sendable {
    /// The request header with the mark of the account to which an upload shall belong. Other programs do not send it.
    public static let header = "Account-Mark"

    private let secret: [UInt8]

    init(secret: [UInt8]) { self.secret = secret }

    /// 16 hexadecimal digits, which do not tell the account's number.
    public func mark(of accountID: Int) -> String {
        Hexadecimal.encode(Array(HMACSHA256.authenticate(Array("account mark \(accountID)".utf8), key: secret).prefix(8)))
    }
}

extension Visit {
    /// The mark of the session's account; nil without a session.
    public var accountMark: String? { get throws { try account.map { site.accountMarks.mark(of: $0.id) } } }

    /// Whether a request that names an account comes from that one. Its session may have ended, or another one begun in the same browser.
    ///
    /// - Parameter accountID: of the sender; nil for a visitor.
    public func names(_ accountID: Int?) -> Bool {
        guard let named = request.header(AccountMarks.header) else { return true }
        return accountID.map(site.accountMarks.mark) == named
    }
}
