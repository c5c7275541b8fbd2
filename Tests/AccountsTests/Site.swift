// A database of its own for each test, and a clock that stands where the test puts it.

import Accounts
import HTTP
import SQLite

final class Site {
    let database: Connection
    private(set) var accounts: Accounts!
    var time = 1_700_000_000

    init() throws {
        database = try Connection(path: ":memory:", creates: true)
        try database.migrate(AccountsSchema.migrations)
        accounts = Accounts(database: database, now: { [unowned self] in time })
    }

    /// With the account "anna".
    static func withAnna() throws -> Site {
        let site = try Site()
        try site.accounts.add(AccountName("anna")!, password: "correct horse", role: .admin)
        return site
    }

    func anna() throws -> Account { try accounts.account(named: "anna")! }
}

/// A request with these CGI variables and no body.
func request(_ variables: [String: String]) -> Request { Request(parameters: variables, body: NoBody()) }

final class NoBody: BodyStream {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { 0 }
}
