// GET /api/v1/stats.php: the numbers in the head of the API page.

import HTTP
import Responder

serve("stats", methods: [.get, .head]) { request, house in
    try house.accounts.refuseBadKey(of: request)
    return Response(.ok, json: StatisticsReply(try house.store.statistics(), try house.settings).json)
}
