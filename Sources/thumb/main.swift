// GET /application/thumb.php?img=/uploads/…, and EasyImages' /app/thumb.php: makes a thumbnail that is not there yet; the web
// server sends the others itself.

import House
import HTTP
import Responder

serve("thumb", methods: [.get, .head], needsPictures: true) { request, house in
    try ThumbnailReply(ThumbnailForm(request, house.settings)).response(to: request, from: house)
}
