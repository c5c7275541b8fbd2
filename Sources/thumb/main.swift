// GET /application/thumb.php?img=/uploads/…, and EasyImages' /app/thumb.php: makes a thumbnail that is not there yet; the web
// server sends the others itself.

import HTTP
import Responder
import Site

serve("thumb", methods: [.get, .head], needsPictures: true) { request, site in
    try ThumbnailReply(ThumbnailForm(request, site.settings)).response(to: request, from: site)
}
