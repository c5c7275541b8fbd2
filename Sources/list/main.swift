// GET /api/v1/list.php: the public pictures and videos, page by page.

import House
import HTTP
import Responder

serve("list", methods: [.get, .head]) { request, house in
    try house.accounts.refuseBadKey(of: request)
    let settings = try house.settings
    let wish = try ListForm(request.query, isPublic: settings.publicList) {
        try house.accounts.reader(of: request, settings).accountID
    }
    let page = try house.store.list(wish.request)
    return Response(.ok, json: ListReply(page, wish.request, Links(settings)).json)
}
