// The file, or an error. For paths outside the uploads folder it depends on the extension only, not on whether the file exists.

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
