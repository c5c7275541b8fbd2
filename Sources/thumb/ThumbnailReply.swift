// What a page gets to show: the thumbnail, the file itself, or the picture that says there is none, so that a page that
// embeds the address always has a picture of a known size.

import House
import HTTP
import Responder
import Thumbnails

struct ThumbnailReply {
    private let wish: ThumbnailForm

    init(_ wish: ThumbnailForm) { self.wish = wish }

    func response(to request: Request, from house: House) throws -> Response {
        guard let path = wish.path else {
            guard let detour = wish.detour, house.thumbnails.knows(detour.path) else { return missing }
            return Response(movedTo: detour.location)
        }
        return switch try house.thumbnails.thumbnail(of: path, wish.shape, ThumbnailBounds(house.settings, for: request)) {
        case .cached(let file): try Response(sending: .thumbnail(file), for: request, from: house)
        case .original: try Response(sending: .upload(path), for: request, from: house)
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
