// GET /api/v1/list.php: the public pictures and videos, page by page, or in parts behind a cursor.

import Responder

serve("list") { visit in
    let form = try ListForm(visit)
    return try ListReply(visit.site.store.list(form.request), form.request, visit.links)
}
