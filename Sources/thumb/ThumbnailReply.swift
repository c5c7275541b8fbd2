// What a page gets to show: the thumbnail, the file itself, or the picture that says there is none, so that a page that
// embeds the address always has a picture of a known size.

import HTTP
import Responder

struct ThumbnailReply: Reply {
    let response: Response

    init(_ found: ThumbnailFinding, _ form: ThumbnailForm, _ handover: FileHandover) throws {
        response = switch found {
        case .file(let file): try handover.response(sending: file)
        case .moved(let location): Response(movedTo: location)
        case .missing: .missingPicture(status: form.statusOfMissing)
        }
    }
}

extension Response {
    /// - Parameter location: an address of this site, encoded.
    fileprivate init(movedTo location: String) {
        self.init(.found)
        headers.set("Location", location)
        headers.set("Cache-Control", "no-store")
    }
}
