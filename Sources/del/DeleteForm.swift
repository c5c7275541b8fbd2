// What counts as following a delete link. Browsers fetch links ahead, and mail scanners ask for their head: neither deletes.

import HTTP

struct DeleteForm {
    let token: String
    /// False for a request that only looks.
    let isMeant: Bool

    init(_ request: Request) {
        token = request.query.first("hash") ?? ""
        let announcesPrefetch = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].contains { name in
            request.header(name)?.lowercased().contains("prefetch") == true
        }
        isMeant = request.method != .head && !announcesPrefetch
    }
}
