// GET /admin/chart.php: the site's statistics.

import Pages
import Responder

serve("admin-chart", dialect: .page) { visit in
    try visit.require(\.pages.showsStatistics)
    _ = try visit.administrator
    return ChartReply(try Statistics(visit), try visit.frame)
}
