// POST /api/v1/upload.php: uploads pictures and videos.

import Responder
import Site
import UploadAPI

serve("upload", needsPictures: true, failure: "Upload failed", dialect: .upload) { visit in
    let form = try UploadForm(visit)
    let caller = try visit.caller(formKey: form.apiKey)
    try caller.require(.upload)
    let files = try form.files
    let keys = try visit.uploadKeys(of: caller, count: files.count)
    return try UploadsReply(visit.uploadService.take(files, for: caller, under: keys, expiring: form.expiry), visit.links)
}
