// GET /app/hide.php?key=…: the picture behind a link that hides where it lies.

import EasyImagesAPI
import HTTP
import Responder

serve("app-hide", dialect: .page) { visit in
    let key = visit.query.all("key").last
    let picture = try key.flatMap { try visit.site.picture(hiddenAs: $0, OldLinks(visit)) }
    return try HiddenReply(picture, visit.handover)
}
