// POST /api/v1/upload.php: uploads a picture or a video.

import Responder
import Site
import UploadAPI

serve("upload", needsPictures: true, failure: "Upload failed", dialect: .upload) { visit in
    let form = try UploadForm(visit.request, visit.uploadService.receiver())
    let caller = try visit.caller(formKey: form.apiKey)
    try caller.require(.upload)
    return try UploadReply(visit.uploadService.take(form.file, for: caller, under: visit.uploadKey(of: caller)), visit.links)
}
