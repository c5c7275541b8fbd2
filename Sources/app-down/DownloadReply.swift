// The file, or why there is none. What is no path of the tree is told by its extension alone, whether there is such a file or not.

import EasyImagesAPI
import HTTP
import Media
import Responder

struct DownloadReply: Reply {
    let response: Response

    init(_ picture: TreePicture?, _ form: DownloadForm, _ handover: FileHandover) throws {
        if form.isEmpty {
            response = Response(.ok, text: "No file path")
        } else if let picture, form.isListed {
            var response = try handover.response(sending: .upload(picture.path), as: picture.type)
            response.headers.set("Content-Disposition", ContentDisposition.attachment(picture.path.name))
            self.response = response
        } else {
            let isRefused = !form.isListed && (picture != nil || form.path == nil)
            response = Response(.ok, text: isRefused ? "Downfile Type Error" : "No File")
        }
    }
}
