// The picture, or the picture "404" with status 200: pages that embed hidden pictures show it in its place.

import EasyImagesAPI
import HTTP
import Responder

struct HiddenReply: Reply {
    let response: Response

    init(_ picture: TreePicture?, _ handover: FileHandover) throws {
        response = try picture.map { try handover.response(sending: .upload($0.path), as: $0.type) } ?? .missingPicture(status: .ok)
    }
}
