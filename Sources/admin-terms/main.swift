// GET /admin/terms.php: the terms of use.

import Pages
import Responder

serve("admin-terms", dialect: .page) { visit in
    TermsReply(try visit.frame)
}
