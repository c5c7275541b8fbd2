// GET /app/hide.php?key=…: the picture of a link that does not show its path.

import Responder

serve("app-hide", dialect: .text) { visit in
    let form = try HiddenForm(visit)
    return try HiddenReply(visit.site.hiddenPicture(form), visit.handover)
}
