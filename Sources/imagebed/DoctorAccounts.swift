// The checks of `imagebed doctor` that ask who can get in.

import Accounts
import EasyImages
import House

let checkAdmins: @Sendable (House) throws -> [Finding] = { house in
    let admins = try house.accounts.all().filter { $0.role == .admin && $0.disabledAt == nil }
    guard !admins.isEmpty else {
        return [.warning("accounts", "nobody can administer the site", advice: "imagebed user add NAME --role admin")]
    }
    return [.ok("accounts", "admin: \(admins.map(\.name).joined(separator: ", "))")]
}

/// Passwords that came with an import and that somebody else will guess. One that was never typed here is known by its digest alone.
let checkPasswords: @Sendable (House) throws -> [Finding] = { house in
    guard house.accounts.commonPasswords.isThere else {
        return [.warning("passwords", "the list of common passwords is not there, so common ones can be chosen", advice: "install the site's programs again")]
    }
    let accounts = try house.accounts.all().filter { $0.disabledAt == nil }
    let open = try accounts.filter { try $0.takesDigest && hasPublicPassword($0, house) }
    let bad = [("fewer than \(Accounts.passwordLength(.user).lowerBound) characters", PasswordWeakness.short), ("among the most common", .common)]
        .compactMap { words, weakness -> String? in
            let names = accounts.filter { $0.weakness == weakness }.map(\.name)
            return names.isEmpty ? nil : "\(words): \(names.joined(separator: ", "))"
        }
    let advice = "imagebed user password NAME"
    if open.isEmpty && bad.isEmpty { return [.ok("passwords", "none is known to be weak")] }
    return (open.isEmpty ? [] : [.problem("passwords", "the one that every EasyImages site began with: \(open.map(\.name).joined(separator: ", "))",
                                          advice: advice)])
        + (bad.isEmpty ? [] : [.warning("passwords", bad.joined(separator: "; "), advice: advice)])
}

private func hasPublicPassword(_ account: Account, _ house: House) throws -> Bool {
    try PublicSecrets.passwords.contains { try PasswordDigest(hexadecimal: $0).map { try house.accounts.account(named: account.name, $0) != nil } ?? false }
}
