// The check of `imagebed doctor` for a proxy in front of the site that is not trusted.

import HTTP
import Settings
import Site
import Text

extension Doctor {
    /// Each visitor should have an address of their own.
    static let checkVisitors: @Sendable (Site) throws -> [Finding] = { site in
        let visitors = try RecentVisitors(of: site)
        guard let address = visitors.sharedAddress else { return [.ok("visitors", "they have addresses of their own, as far as is stored")] }
        let says = "the last \(visitors.count) logins and uploads of this week all came from \(address), with different programs: "
            + "probably a proxy's address, so that visitors share all limits"
        let trusted = try site.settings.senders.trustedProxies
        if AddressList(trusted).contains(address) {
            return [.warning("visitors", "\(says). It is trusted, and does not tell whom it asks for",
                             advice: "it has to send X-Forwarded-For: imagebed proxy-block nginx (or apache, bt, 1panel) prints how")]
        }
        let proxies = trusted.isEmpty ? "\(address)" : "\(trusted),\(address)"
        return [.warning("visitors", says, advice: "if it is: imagebed settings set trusted_proxies '\(proxies)'")]
    }
}
