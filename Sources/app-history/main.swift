// GET /app/history.php: the uploads of this browser.

import Pages
import Responder

serve("app-history", dialect: .page) { visit in
    HistoryReply(try visit.frame)
}
