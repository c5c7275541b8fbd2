// The checks of `imagebed doctor` for accounts.

import Accounts
import EasyImages
import Site
import Time

extension Doctor {
    static let checkAdmins: @Sendable (Site) throws -> [Finding] = { site in
        let admins = try site.accounts.all().filter { $0.role == .admin && $0.disabledAt == nil && $0.expiresAt ?? .max >= Now.seconds }
        let advice = "imagebed user add NAME --role admin"
        guard !admins.isEmpty else { return [.warning("accounts", "nobody can administer the site", advice: advice)] }
        let ends = admins.compactMap(\.expiresAt)
        if ends.count == admins.count, let last = ends.max() {
            return [.warning("accounts", "nobody can administer the site after \(SiteTime(last).text): all admins end", advice: advice)]
        }
        return [.ok("accounts", "admin: \(admins.map(\.name).joined(separator: ", "))")]
    }

    /// Weak imported passwords. One that was never entered here is known by its digest only.
    static let checkPasswords: @Sendable (Site) throws -> [Finding] = { site in
        let accounts = try site.accounts.all().filter { $0.disabledAt == nil }
        let advice = "imagebed user password NAME"
        let open = try accounts.filter { try $0.takesDigest && hasPublicPassword($0, site) }.map(\.name)
        let weak = accounts.compactMap { account in account.weakness.map { "\(account.name)'s is \($0.words)" } }
        var findings: [Finding] = []
        if !open.isEmpty {
            findings.append(.problem("passwords", "the one that every EasyImages site began with opens \(open.joined(separator: ", "))", advice: advice))
        }
        if !weak.isEmpty { findings.append(.warning("passwords", weak.joined(separator: "; "), advice: advice)) }
        if !site.accounts.commonPasswords.isThere {
            findings.append(.warning("passwords", "the list of common ones is not there, so they can be chosen", advice: "install the site's programs again"))
        }
        return findings.isEmpty ? [.ok("passwords", "none is known to be weak")] : findings
    }
}

private func hasPublicPassword(_ account: Account, _ site: Site) throws -> Bool {
    try PublicSecrets.passwords.contains { try PasswordDigest(hexadecimal: $0).map { try site.accounts.account(named: account.name, $0) != nil } ?? false }
}
