// The picture, or the "404" image with status 200, which pages that embed hidden pictures display instead.

import EasyImagesAPI
import HTTP
import Responder

struct HiddenReply: Reply {
    let response: Response

    init(_ picture: TreePicture?, _ handover: FileHandover) throws {
        response = try picture.map { try handover.response(sending: .upload($0.path), as: $0.type) } ?? .missingPicture(status: .ok)
    }
}
