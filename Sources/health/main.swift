// GET /api/v1/health.php: whether the site can serve requests; GET /api/v1/metrics.php: its numbers.

import Responder
import Site

serve("health", dialectOf: { WatchedPath(of: $0).dialect }) { visit in
    switch WatchedPath(of: visit.request) {
    case .health:
        try visit.site.requireHealth()
        return HealthReply()
    case .metrics:
        try visit.caller().requireKey(.metrics)
        return try MetricsReply(visit.site.metrics())
    }
}
