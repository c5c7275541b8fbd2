// What counts as following a delete link. Browsers fetch links ahead, and mail scanners ask for their head: neither deletes.

import EasyImagesAPI
import HTTP
import Media
import Site

/// What a delete link names.
enum LinkTarget {
    /// One of ours, which nobody else can make.
    case file(id: Int)
    /// One that the replaced program gave out. Its key has 32 bits, so that it is no proof of anything; nil names nothing that a
    /// picture can be called.
    case oldPath(StoredPath?)
    case nothing
}

struct LinkForm {
    let path: DeletionPath
    /// Whether there is any `hash`, a list of them too, which names nothing.
    let isThere: Bool
    /// nil for a request that only looks.
    let target: LinkTarget?

    init(_ visit: Visit) throws {
        let request = visit.request
        path = DeletionPath(of: request)
        let query = LinkForm.query(of: request)
        let sent = query.all("hash").last
        isThere = sent != nil || query.first("hash[]") != nil
        let announcesPrefetch = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].contains { name in
            request.header(name)?.lowercased().contains("prefetch") == true
        }
        target = request.method == .head || announcesPrefetch ? nil : try LinkTarget(token: sent ?? "", visit)
    }

    /// A link that was encoded once too often has `hash%3D` before the token.
    private static func query(of request: Request) -> Query {
        let text = request.query.text
        let encoded = "hash%3d"
        guard text.utf8.count > encoded.utf8.count, text.prefix(encoded.count).lowercased() == encoded else { return request.query }
        return Query("hash=" + text.dropFirst(encoded.count))
    }
}

extension LinkTarget {
    fileprivate init(token: String, _ visit: Visit) throws {
        if let id = visit.site.store.fileID(ofDeleteToken: token) {
            self = .file(id: id)
        } else {
            let links = try OldLinks(visit)
            self = links.knowsDeletes ? .oldPath(links.path(deletion: token)) : .nothing
        }
    }
}
