// Accounts and tokens go over as they are: old passwords go on opening accounts, under a slow hash, and old tokens uploads.

import Accounts
import Crypto
import EasyImages
import MediaStore

extension SiteImport {
    /// - Returns: the old admin's account, to which the tokens belong; nil in a rehearsal.
    func takeAccounts() throws -> Account? {
        let admin = try take(OldAccount.admin(of: site.config))
        for uploader in OldAccount.uploaders(site.uploaders) { _ = try take(uploader) }
        return admin
    }

    private func take(_ old: OldAccount) throws -> Account? {
        let role = old.isAdmin ? Role.admin : .user
        func note(_ name: String, _ state: AccountReport.State) {
            report.accounts.append(AccountReport(name: name, role: role.rawValue, expiresAt: old.expiresAt, state: state))
        }
        // The tokens need an owner, whatever the admin is called.
        guard let name = AccountName(imported: old.name) ?? (old.isAdmin ? AccountName("admin") : nil) else {
            note(old.name, .refused)
            report.warnings.append("no account can be called \"\(old.name)\": make another with imagebed user add")
            return nil
        }
        if PublicSecrets.passwords.contains(old.password) {
            report.warnings.append("\(name) has the password that every EasyImages site began with: imagebed user password \(name)")
        }
        if let known = try house.accounts.account(named: name.text) {
            note(name.text, .known)
            if !kept.hasSettings {
                report.warnings.append("an account \(name) was here before, and keeps its own password and role")
            }
            return known
        }
        let digest = PasswordDigest(hexadecimal: old.password)
        note(name.text, digest == nil ? .needsPassword : .added)
        if digest == nil {
            let kind = old.hasMD5Password ? "an MD5 from before 2.7.6" : "none of EasyImages' own"
            report.warnings.append("the stored password of \(name) is \(kind), so it opens nothing: imagebed user password \(name)")
        }
        guard !options.isRehearsal else { return nil }
        let unguessable = PasswordDigest(ofAny: Base64URL.encode(RandomBytes.make(32)))
        return try house.accounts.add(name, digest ?? unguessable, role: role, expiresAt: old.expiresAt)
    }

    func takeTokens(for owner: Account?) throws {
        for token in OldToken.all(site.tokens) {
            let state = try take(token, for: owner)
            report.tokens.append(TokenReport(
                start: String(token.text.prefix(4)), id: token.id, expiresAt: token.expiresAt,
                hasExpired: token.expiresAt.map { $0 < SiteTime.now.seconds } ?? false, state: state))
        }
    }

    private func take(_ token: OldToken, for owner: Account?) throws -> TokenReport.State {
        if PublicSecrets.tokens.contains(token.text) {
            report.warnings.append("the token \(token.text) came with every EasyImages site, so it was refused: programs that use it "
                + "need another (imagebed key create --scopes upload)")
            return .refused
        }
        guard token.canMatch else { return .unusable }
        guard try house.accounts.key(withText: token.text) == nil else { return .known }
        if let owner, !options.isRehearsal {
            try house.accounts.importToken(token.text, number: token.id, account: owner,
                                           createdAt: token.addedAt ?? SiteTime.now.seconds, expiresAt: token.expiresAt)
        }
        return .added
    }
}
