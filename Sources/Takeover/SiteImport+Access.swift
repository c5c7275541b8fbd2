// Accounts and tokens are imported unchanged: old passwords stay valid, stored as a slow hash, and so do old tokens. Published defaults
// (the tokens and passwords that every EasyImages site starts with) are not accepted.

import Accounts
import Crypto
import EasyImages
import MediaStore
import Text
import Time

extension SiteImport {
    /// - Returns: the old administrator's account, which owns the tokens; nil in a dry run.
    func takeAccounts() throws -> Account? {
        let admin = try take(OldAccount.admin(of: oldSite.config))
        for uploader in OldAccount.uploaders(oldSite.uploaders) { _ = try take(uploader) }
        return admin
    }

    private func take(_ old: OldAccount) throws -> Account? {
        let role = old.isAdmin ? Role.admin : .user
        func note(_ name: String, _ state: AccountReport.State, password: String? = nil) {
            report.accounts.append(AccountReport(name: name, role: role.rawValue, expiresAt: old.expiresAt, state: state, password: password))
        }
        // The tokens need an owner, whatever the name of the administrator is.
        guard let name = AccountName(imported: old.name) ?? (old.isAdmin ? AccountName("admin") : nil) else {
            note(old.name, .refused)
            report.warnings.append("no account can be called \"\(old.name)\": make another with imagebed user add")
            return nil
        }
        let digest = PasswordDigest(hexadecimal: old.password), isPublic = PublicSecrets.passwords.contains(old.password)
        let wasRehearsed = options.isRehearsal && !rehearsed.accounts.insert(name.text.lowercased()).inserted
        let known = try site.accounts.account(named: name.text)
        if known != nil || wasRehearsed {
            note(name.text, .known)
            warnOfKnown(name, hasPublicPassword: try isPublic && digest.flatMap { try site.accounts.account(named: name.text, $0) } != nil)
            return known
        }
        warn(of: old, name, digest)
        if isPublic || digest == nil {
            let password = isPublic ? RandomPassword.make() : Base64.encode(RandomBytes.make(32), .urlSafe)
            note(name.text, isPublic ? .newPassword : .needsPassword, password: isPublic && !options.isRehearsal ? password : nil)
            guard !options.isRehearsal else { return nil }
            return try site.accounts.add(name, PasswordDigest(ofAny: password), role: role, expiresAt: old.expiresAt)
        }
        note(name.text, .added)
        guard let digest, !options.isRehearsal else { return nil }
        return try site.accounts.add(name, digest, role: role, expiresAt: old.expiresAt, takesDigest: true, weakness: weakness(of: digest, name))
    }

    /// From a digest one can only see whether the password is in the list or equals the name.
    private func weakness(of digest: PasswordDigest, _ name: AccountName) -> PasswordWeakness? {
        if let weakness = commonDigests[digest] { return weakness }
        return [name.text, name.text.lowercased()].first { PasswordDigest(ofAny: $0) == digest }
            .flatMap { site.accounts.weakness(of: $0, name: name.text) }
    }

    private func warnOfKnown(_ name: AccountName, hasPublicPassword: Bool) {
        if hasPublicPassword {
            report.warnings.append("\(name) has the password that every EasyImages site began with: imagebed user password \(name)")
        }
        if !kept.hasSettings { report.warnings.append("an account \(name) was here before, and keeps its own password and role") }
    }

    private func warn(of old: OldAccount, _ name: AccountName, _ digest: PasswordDigest?) {
        let advice = "imagebed user password \(name)"
        if PublicSecrets.passwords.contains(old.password) {
            report.warnings.append("\(name) had the password that every EasyImages site began with: it opens nothing here, a new one is made "
                + "and shown once (\(advice) makes another)")
        } else if let digest, let weakness = weakness(of: digest, name) {
            report.warnings.append("the password of \(name) works, but is \(weakness.words): \(advice)")
        } else if digest == nil {
            let kind = old.hasMD5Password ? "an MD5 from before 2.7.6" : "none of EasyImages' own"
            report.warnings.append("the stored password of \(name) is \(kind), so it opens nothing: \(advice)")
        }
    }

    func takeTokens(for owner: Account?) throws {
        let all = OldToken.all(oldSite.tokens)
        for token in all {
            if PublicSecrets.tokens.contains(token.text) { tokenUse = TokenUse(of: token, among: all, place: report.tokens.count, oldSite.config) }
            let state = try take(token, for: owner)
            report.tokens.append(TokenReport(
                start: String(token.text.prefix(4)), id: token.id, expiresAt: token.expiresAt,
                hasExpired: token.expiresAt.map { $0 < Now.seconds } ?? false, state: state))
        }
    }

    private func take(_ token: OldToken, for owner: Account?) throws -> TokenReport.State {
        // What becomes of it is settled when the logs have told how often it was used.
        if PublicSecrets.tokens.contains(token.text) { return .refused }
        guard token.canMatch else { return .unusable }
        guard try site.accounts.key(withText: token.text) == nil,
              !options.isRehearsal || rehearsed.tokens.insert(token.text).inserted else { return .known }
        if let owner, !options.isRehearsal {
            try site.accounts.importToken(token.text, number: token.id, account: owner,
                                           createdAt: token.addedAt ?? Now.seconds, expiresAt: token.expiresAt)
        }
        return .added
    }
}
