// The check of `imagebed doctor` for the token that came with every EasyImages site, on a site that replaced one.

import Accounts
import Site
import Takeover
import Time

private let subject = "default token"

extension Doctor {
    static let checkDefaultToken: @Sendable (Site) throws -> [Finding] = { site in
        guard let token = try site.defaultToken else { return [] }
        let key = try site.accounts.keys().first { $0.id == token.key }
        switch token.choice {
        case nil where token.needsDecision:
            return [.warning(subject, "EasyImages' default token is refused, and nobody decided that: \(uses(token))",
                             advice: "imagebed import easyimages DIR --default-token replace makes another; keep-until DATE lets it work for a "
                                 + "while; refuse ends this warning")]
        case nil, .refuse: return [.ok(subject, "EasyImages' default token is refused: \(uses(token))")]
        case .replace: return [.ok(subject, "EasyImages' default token is refused; key \(token.key ?? 0) takes its place")]
        case .keep: return [kept(key, uses: try key.map { try site.store.uploads(withKey: $0.id) } ?? (0, nil))]
        }
    }
}

private func uses(_ token: DefaultToken) -> String {
    guard let count = token.uses else { return "the old logs record no uploads, so nothing tells how often it was used" }
    return "\(count) uploads in the old logs used it" + (token.lastUse.map { ", the last on \(SiteDay(of: $0).dashed)" } ?? "")
}

private func kept(_ key: APIKey?, uses: (count: Int, last: Int?)) -> Finding {
    guard let key, key.revokedAt == nil, let end = key.expiresAt, end > Now.seconds else {
        return .ok(subject, "EasyImages' default token has ended")
    }
    let days = (end - Now.seconds) / 86_400
    let last = uses.last.map { ", the last on \(SiteDay(of: $0).dashed)" } ?? ""
    return .warning(subject, "EasyImages' default token, which everybody knows, works for \(days) days more, until \(SiteDay(of: end).dashed); "
        + "\(uses.count) uploads used it here\(last)",
        advice: "give the programs that use it another (imagebed key create --scopes upload), then imagebed import easyimages DIR "
            + "--default-token refuse")
}
