// What counts as following a delete link. Browsers fetch links ahead, and mail scanners ask for their head: neither deletes.

import HTTP

struct DeleteForm {
    /// Empty when something else was sent as `hash`.
    let token: String
    /// Whether there is any `hash`, a list of them too, which names nothing.
    let isThere: Bool
    /// False for a request that only looks.
    let isMeant: Bool

    init(_ request: Request) {
        let query = DeleteForm.query(of: request)
        let sent = query.all("hash").last
        token = sent ?? ""
        isThere = sent != nil || query.first("hash[]") != nil
        let announcesPrefetch = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].contains { name in
            request.header(name)?.lowercased().contains("prefetch") == true
        }
        isMeant = request.method != .head && !announcesPrefetch
    }

    /// A link that was encoded once too often has `hash%3D` before the token.
    private static func query(of request: Request) -> Query {
        let text = request.query.text
        let encoded = "hash%3d"
        guard text.utf8.count > encoded.utf8.count, text.prefix(encoded.count).lowercased() == encoded else { return request.query }
        return Query("hash=" + text.dropFirst(encoded.count))
    }
}
