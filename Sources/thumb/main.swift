// GET /application/thumb.php?img=/uploads/…: makes a thumbnail that is not there yet; the web server sends the others itself.

import House
import HTTP
import Responder

serve("thumb", methods: [.get, .head], needsPictures: true) { request, house in
    let wish = try ThumbnailForm(request.query, Links(house.settings))
    return try ThumbnailReply(wish.answer(from: house.thumbnails), wish).response(to: request, from: house)
}
