// GET /app/hide.php?key=…: the picture of a link that does not show its path.

import EasyImagesAPI
import HTTP
import Responder

serve("app-hide", dialect: .text) { visit in
    let key = visit.query.all("key").last
    let picture = try key.flatMap { try visit.site.picture(hiddenAs: $0, OldLinks(visit)) }
    return try HiddenReply(picture, visit.handover)
}
