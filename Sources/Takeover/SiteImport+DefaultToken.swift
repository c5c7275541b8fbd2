// The token that came with every EasyImages site: it is refused, replaced or kept for a while, as the operator decides. That is done once;
// later imports leave it as it is, unless they are told otherwise.

import Accounts
import EasyImages
import JSONText
import Site
import Time

/// What an import did with the default token.
public struct DefaultTokenReport: Sendable {
    public let token: DefaultToken
    /// When it ends, in seconds since 1970, if it is kept.
    public let until: Int?
    /// The key in its place, which is shown only once.
    public let newToken: String?

    var json: JSONValue {
        .object([
            ("uses", JSONValue(token.uses)), ("last_use", JSONValue(token.lastUse)), ("choice", JSONValue(token.choice?.rawValue)),
            ("key", JSONValue(token.key)), ("until", JSONValue(until)),
        ] + (newToken.map { [("new_token", .string($0))] } ?? []))
    }
}

extension SiteImport {
    /// - Parameter owner: nil in a dry run.
    func settleDefaultToken(for owner: Account?) throws {
        guard let use = tokenUse else { return }
        let former = try site.defaultToken
        var token = DefaultToken(use.token.text, uses: report.logs.lines > 0 ? use.count : former?.uses,
                                 lastUse: use.last ?? former?.lastUse, choice: former?.choice, key: former?.key)
        var newToken: String?, until: Int?
        if options.isRehearsal {
            if let choice = options.defaultToken { (token.choice, until) = (choice.kind, choice.end(of: use.token)) }
        } else {
            if let owner, let choice = options.defaultToken ?? asked(token) { newToken = try carryOut(choice, use.token, for: owner, &token) }
            try kept.keep(DefaultToken.fileName, Array(token.record.utf8))
        }
        if token.choice == .keep { until = try site.accounts.key(withText: use.token.text)?.expiresAt ?? until }
        report.tokens[use.place].state = state(of: token)
        report.defaultToken = DefaultTokenReport(token: token, until: until, newToken: newToken)
        warnOfDefaultToken(use, token, until: until)
    }

    private func state(of token: DefaultToken) -> TokenReport.State {
        switch token.choice {
        case .keep: .kept
        case .replace: .replaced
        case .refuse, nil: .refused
        }
    }

    private func asked(_ token: DefaultToken) -> DefaultTokenChoice? { token.needsDecision ? askAboutDefaultToken?(token) : nil }

    /// - Returns: a new key, if one was made.
    private func carryOut(_ choice: DefaultTokenChoice, _ old: OldToken, for owner: Account, _ token: inout DefaultToken) throws -> String? {
        switch choice {
        case .refuse:
            try end(old)
            (token.choice, token.key) = (.refuse, nil)
        case .replace:
            try end(old)
            let has = try token.choice == .replace && site.accounts.keys().contains { $0.id == token.key && $0.revokedAt == nil }
            guard !has else { return nil }
            let (key, record) = try site.accounts.createKey(of: owner.name, name: "replaces EasyImages' default token", scopes: [.upload])
            (token.choice, token.key) = (.replace, record.id)
            return key
        case .keep:
            let key = try site.accounts.letWork(old.text, number: old.id, account: owner, createdAt: old.addedAt ?? Now.seconds,
                                                until: choice.end(of: old) ?? 0)
            (token.choice, token.key) = (.keep, key.id)
        }
        return nil
    }

    /// Ends it, if it was kept.
    private func end(_ old: OldToken) throws {
        if let key = try site.accounts.key(withText: old.text), key.revokedAt == nil { try site.accounts.revokeKey(key.id) }
    }

    private func warnOfDefaultToken(_ use: TokenUse, _ token: DefaultToken, until: Int?) {
        let name = "the token \(use.token.text) came with every EasyImages site", uses = words(of: use, token)
        switch token.choice {
        case .keep:
            let day = SiteDay(of: until ?? 0).dashed
            report.warnings.append("\(name), so everybody knows it; it works until the end of \(day), as you decided. \(uses)")
        case .replace:
            report.warnings.append("\(name), so \(token.key.map { "key \($0)" } ?? "another") takes its place: give that to the programs that have it as their token "
                + "(ShareX, PicGo, scripts). \(uses)")
        case .refuse: report.warnings.append("\(name), so it was refused, as you decided. \(uses)")
        case nil:
            report.warnings.append("\(name), so it was refused. \(uses)" + (token.needsDecision ? "; programs that use it need another: "
                + "--default-token replace makes one, --default-token keep-until DATE lets this one work for a while, "
                + "--default-token refuse ends this note" : ""))
        }
    }

    private func words(of use: TokenUse, _ token: DefaultToken) -> String {
        guard let uses = token.uses else { return "The old logs record no uploads, so nothing tells how often it was used" }
        guard uses > 0 else { return "No upload in the old logs used it" }
        let day = token.lastUse.map { ", the last on \(SiteDay(of: $0).dashed)" } ?? ""
        return "\(uses) uploads in the old logs used it\(use.isShared ? ", or another token of the same number" : "")\(day)"
    }
}
