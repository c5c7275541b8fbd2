// What a page gets to show: the thumbnail, the file itself, or the picture that says there is none, so that a page that
// embeds the address always has a picture of a known size.

import HTTP
import Responder
import Site
import Thumbnails

struct ThumbnailReply {
    private let wish: ThumbnailForm

    init(_ wish: ThumbnailForm) { self.wish = wish }

    func response(to request: Request, from site: Site) throws -> Response {
        guard let path = wish.path else {
            guard let detour = wish.detour, site.thumbnails.knows(detour.path) else { return missing }
            return Response(movedTo: detour.location)
        }
        return switch try site.thumbnails.thumbnail(of: path, wish.shape, ThumbnailBounds(site.settings, for: request)) {
        case .cached(let file): try Response(sending: .thumbnail(file), for: request, from: site)
        case .original: try Response(sending: .upload(path), for: request, from: site)
        case .notAPicture, .missing: missing
        }
    }

    private var missing: Response { Response.missingPicture(status: wish.statusOfMissing) }
}

extension Response {
    /// - Parameter location: an address of this site, encoded.
    fileprivate init(movedTo location: String) {
        self.init(.found)
        headers.set("Location", location)
        headers.set("Cache-Control", "no-store")
    }
}
