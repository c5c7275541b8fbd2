// GET /api/v1/stats.php: the totals at the top of the API page.

import Responder

serve("stats") { visit in
    try visit.refuseBadKey()
    return try StatisticsReply(visit.site.store.statistics(), visit.settings)
}
