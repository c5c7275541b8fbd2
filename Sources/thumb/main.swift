// GET /application/thumb.php?img=/uploads/…, and EasyImages' /app/thumb.php: generates thumbnails that are not cached; the web server
// itself sends the others.

import Responder
import Site
import Thumbnails

serve("thumb", needsPictures: true) { visit in
    let form = try ThumbnailForm(visit)
    let found = try visit.site.find(form, ThumbnailBounds(visit))
    return try ThumbnailReply(found, form, visit.handover)
}
