// GET /api/v1/stats.php: the numbers in the head of the API page.

import HTTP
import Responder

serve("stats", methods: [.get, .head]) { request, site in
    try site.accounts.refuseBadKey(of: request)
    return Response(.ok, json: StatisticsReply(try site.store.statistics(), try site.settings).json)
}
