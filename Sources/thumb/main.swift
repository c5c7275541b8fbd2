// GET /application/thumb.php?img=/uploads/…, and EasyImages' /app/thumb.php: makes a thumbnail that is not there yet; the web
// server sends the others itself.

import Responder
import Site
import Thumbnails

serve("thumb", needsPictures: true) { visit in
    let form = ThumbnailForm(visit)
    let found = try visit.site.thumbnails.find(form, ThumbnailBounds(visit))
    return try ThumbnailReply(found, form, visit.handover)
}
