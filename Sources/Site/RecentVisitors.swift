// Whether a site can tell its visitors apart. Behind a proxy that is not trusted all of them have the proxy's address: they share limits, one
// of them who guesses passwords locks out all, and nobody can be found in the log.

import Accounts
import MediaStore
import Text
import Time

/// The last logins and uploads whose address is stored.
public struct RecentVisitors {
    /// Addresses and programs (User-Agent).
    private let visits: [(address: String, program: String)]

    static let days = 7
    private static let limit = 50

    /// The last fifty of each kind at a site, of the last seven days.
    public init(of site: Site) throws {
        let moment = Now.seconds - RecentVisitors.days * 86_400
        let browsers = try site.accounts.browsers(since: moment, limit: RecentVisitors.limit)
        let senders = try site.store.senders(since: moment, limit: RecentVisitors.limit)
        self.init(browsers.map { (address: $0.address, program: $0.userAgent) } + senders.map { (address: $0.address, program: $0.userAgent) })
    }

    init(_ visits: [(address: String, program: String)]) { self.visits = visits }

    public var count: Int { visits.count }

    /// The address that all of them have, if that is hardly one visitor's: they used several programs, many where it may be somebody's at home.
    public var sharedAddress: IPAddress? {
        let addresses = Set(visits.map(\.address))
        guard addresses.count == 1, let address = addresses.first.flatMap({ IPAddress($0) }) else { return nil }
        let programs = Set(visits.map(\.program)).count
        let isMany = address.isLocal ? visits.count >= 5 && programs >= 2 : visits.count >= 40 && programs >= 10
        return isMany ? address : nil
    }
}
