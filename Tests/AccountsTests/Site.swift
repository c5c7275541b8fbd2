// A database of its own for each test, and a clock that stands where the test puts it.

import Accounts
import Database
import Disk
import HTTP
import Settings
import SiteTestSupport
import TestSupport

final class Site {
    let databases: TestDatabase
    let database: any Database
    private(set) var accounts: Accounts!
    var time = 1_700_000_000

    /// A list of common passwords with one word that may be short, and one that may not.
    private static let words = "# a list\npassword1\nabc123\n"
    private let temporary = TemporaryFolder()

    init() throws {
        let list = "\(temporary.path)/words"
        try Folder(temporary.path).replace("words", with: Array(Site.words.utf8), mode: 0o600)
        databases = try TestDatabase()
        database = databases.connection
        accounts = Accounts(database: recorded(database), commonPasswords: CommonPasswords(path: list), now: { [unowned self] in time })
    }

    /// With the account "anna".
    static func withAnna() throws -> Site {
        let site = try Site()
        try site.accounts.add(AccountName("anna")!, password: "correct horse", role: .admin)
        return site
    }

    func anna() throws -> Account { try accounts.account(named: "anna")! }
}

/// The address of a site.
func siteAddress(_ address: String = "http://localhost") -> BaseURL { BaseURL(address)! }

/// A request with these CGI variables and no body.
func request(_ variables: [String: String]) -> Request { Request(parameters: variables, body: NoBody()) }

final class NoBody: BodyStream {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { 0 }
}
