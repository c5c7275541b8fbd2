// The query of a thumbnail: which file, and TimThumb's words for size and shape.

import House
import HTTP
import Media
import Thumbnails

struct ThumbnailForm {
    /// nil when `img` names nothing that could be stored.
    let path: StoredPath?
    let shape: ThumbnailShape

    init(_ query: Query, _ links: Links) {
        path = query.first("img").flatMap(links.storedPath)
        shape = ThumbnailShape(w: query.first("w"), h: query.first("h"), q: query.first("q"), zc: query.first("zc"))
    }

    func answer(from thumbnails: Thumbnails) throws -> ThumbnailAnswer {
        guard let path else { return .missing }
        return try thumbnails.thumbnail(of: path, shape)
    }
}
