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
        let sent = request.query.all("hash").last
        token = sent ?? ""
        isThere = sent != nil || request.query.first("hash[]") != nil
        let announcesPrefetch = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].contains { name in
            request.header(name)?.lowercased().contains("prefetch") == true
        }
        isMeant = request.method != .head && !announcesPrefetch
    }
}
