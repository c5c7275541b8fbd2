// GET /app/down.php?dw=…: a stored file, to be saved under its name.

import EasyImagesAPI
import Pages
import Responder

serve("app-down", dialect: .page) { visit in
    let form = try DownloadForm(visit)
    let picture = try form.path.flatMap(visit.site.picture(at:))
    return try DownloadReply(picture, form, visit.handover)
}
