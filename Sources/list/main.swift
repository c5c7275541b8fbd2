// GET /api/v1/list.php: the public pictures and videos, page by page.

import HTTP
import Responder
import Site

serve("list", methods: [.get, .head]) { request, site in
    try site.accounts.refuseBadKey(of: request)
    let settings = try site.settings
    let wish = try ListForm(request.query, isPublic: settings.publicList) {
        try site.accounts.reader(of: request, settings).accountID
    }
    let page = try site.store.list(wish.request)
    return Response(.ok, json: ListReply(page, wish.request, Links(settings)).json)
}
