// The result for a thumbnail request: the thumbnail, the original file, a redirect, or nothing.

import Media
import Responder
import Site
import Thumbnails

enum ThumbnailFinding {
    case file(WebServerFile)
    /// A URL of this site, percent-encoded.
    case moved(to: String)
    /// A tile in its place: the picture is there, and too large to be decoded.
    case tile
    case missing
}

extension Site {
    /// The requested thumbnail; nothing of a picture that has expired, though it may not be removed yet.
    ///
    /// - Throws: as `Thumbnails.find`.
    func find(_ form: ThumbnailForm, _ bounds: ThumbnailBounds) throws -> ThumbnailFinding {
        try form.path.map(store.isOver) ?? false ? .missing : thumbnails.find(form, bounds)
    }
}

extension Thumbnails {
    /// The requested thumbnail, generated now if it is not cached.
    ///
    /// - Throws: as `thumbnail(of:_:_:)`.
    func find(_ form: ThumbnailForm, _ bounds: ThumbnailBounds) throws -> ThumbnailFinding {
        guard let path = form.path else {
            guard let detour = form.detour, knows(detour.path) else { return .missing }
            return .moved(to: detour.location)
        }
        return switch try thumbnail(of: path, form.shape, bounds) {
        case .cached(let file): .file(.thumbnail(file))
        case .original: .file(.upload(path))
        case .tooLarge: .tile
        case .notAPicture, .missing: .missing
        }
    }
}
