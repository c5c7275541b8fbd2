// /user/security.php: an account's password, sessions and preferences.

import Pages
import Responder

serve("user-security", dialect: .page) { visit in
    let (account, frame) = (try visit.ownAccount, try visit.frame)
    let (form, service) = (try SecurityForm(visit), SecurityService(visit, account))
    let outcome = try service.carryOut(form)
    return SecurityReply(outcome, account, try service.sessions(), frame)
}
