// The thumbnail, the original file, or the "404" image, so that a page that embeds the URL always gets an image of a known size.

import HTTP
import Responder

struct ThumbnailReply: Reply {
    let response: Response

    init(_ found: ThumbnailFinding, _ form: ThumbnailForm, _ handover: FileHandover) throws {
        response = switch found {
        case .file(let file): try handover.response(sending: file)
        case .moved(let location): Response(movedTo: location)
        case .tile: .tile
        case .missing: .missingPicture(status: form.statusOfMissing)
        }
    }
}

extension Response {
    /// - Parameter location: a URL of this site, percent-encoded.
    fileprivate init(movedTo location: String) {
        self.init(.found)
        headers.set("Location", location)
        headers.set("Cache-Control", "no-store")
    }
}
