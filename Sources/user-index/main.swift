// /user/index.php: an account's API keys, its numbers, and settings for other programs.

import Pages
import Responder

serve("user-index", dialect: .page) { visit in
    let account = try visit.ownAccount
    let (form, service) = (try AccountForm(visit), AccountService(visit, account))
    let outcome = try service.carryOut(form)
    return AccountReply(outcome, try service.overview(), try visit.frame)
}
