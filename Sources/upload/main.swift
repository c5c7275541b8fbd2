// POST /api/v1/upload.php: takes a picture or a video.

import House
import HTTP
import Responder

serve("upload", methods: [.post], needsPictures: true, failure: "Upload failed") { request, house in
    let settings = try house.settings
    let form = try house.receive(request, settings)
    let caller = try house.accounts.caller(of: request, formToken: form.token, settings)
    try caller.require(.upload)
    let candidate = try house.pipeline(settings).prepare(form.file)
    let kept = try house.keep(candidate, for: caller, sentBy: request, settings)
    return Response(.ok, json: UploadReply(kept, house, Links(settings)).json).remarking(candidate.remarks)
}
