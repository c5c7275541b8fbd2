// What there is for a wish: the thumbnail, the file itself, the address under which there is one, or nothing.

import Media
import Responder
import Thumbnails

enum ThumbnailFinding {
    case file(WebServerFile)
    /// An address of this site, encoded.
    case moved(to: String)
    case missing
}

extension Thumbnails {
    /// The thumbnail that a form wants, made now if need be.
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
        case .notAPicture, .missing: .missing
        }
    }
}
