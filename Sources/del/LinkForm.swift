// Which requests count as using a delete link: not those of browsers that prefetch, and not HEAD requests of mail scanners.

import EasyImagesAPI
import HTTP
import Media
import Site
import Text

/// What a delete link identifies.
enum LinkTarget {
    /// A link of this program, which cannot be forged.
    case file(id: Int)
    /// A link of EasyImages. Its key has 32 bits, so it can be guessed.
    case oldPath(StoredPath)
    /// A guess: the site has a key of such links, and with it the text is not the path of a picture.
    case guess
    /// Nothing on this site.
    case nothing
    /// The request must not delete: it is a browser's prefetch or a mail scanner's HEAD.
    case untouched
}

struct LinkForm {
    let path: DeletionPath
    /// Whether there is a parameter `hash`, even a list, which identifies nothing.
    let isThere: Bool
    private let token: String
    private let mayDelete: Bool

    init(_ request: Request) {
        path = DeletionPath(of: request)
        let query = LinkForm.query(of: request)
        let sent = query.all("hash").last
        isThere = sent != nil || query.first("hash[]") != nil
        let announcesPrefetch = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].contains { name in
            request.header(name)?.lowercased().contains("prefetch") == true
        }
        token = sent?.pasted ?? ""
        mayDelete = request.method != .head && !announcesPrefetch
    }

    func target(_ visit: Visit) throws -> LinkTarget { mayDelete ? try LinkTarget(token: token, visit) : .untouched }

    /// Links that were encoded twice have `hash%3D` before the token.
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
            self = links.knowsDeletes ? links.path(deletion: token).map { .oldPath($0) } ?? .guess : .nothing
        }
    }
}
