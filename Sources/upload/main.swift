// POST /api/v1/upload.php: takes a picture or a video.

import HTTP
import Responder
import Site

serve("upload", methods: [.post], needsPictures: true, failure: "Upload failed") { request, site in
    let settings = try site.settings
    let form = try site.receive(request, settings)
    let caller = try site.accounts.caller(of: request, formToken: form.token, settings)
    try caller.require(.upload)
    let candidate = try site.pipeline(settings).prepare(form.file)
    let kept = try site.keep(candidate, for: caller, sentBy: request, settings)
    return Response(.ok, json: UploadReply(kept, site, Links(settings)).json).remarking(candidate.remarks)
}
