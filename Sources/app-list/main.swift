// GET /app/list.php: the gallery of a day.

import Pages
import Responder

serve("app-list", dialect: .page) { visit in
    let (form, frame) = (try GalleryForm(visit), try visit.frame)
    guard form.isAllowed else { return ClosedGallery(frame) }
    return try GalleryReply(visit.site.store.list(form.request), form, frame)
}
