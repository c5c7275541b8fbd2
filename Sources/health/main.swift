// GET /api/v1/health.php: whether the site can serve requests.

import Responder

serve("health", dialect: .health) { visit in
    try visit.site.requireHealth()
    return HealthReply()
}
