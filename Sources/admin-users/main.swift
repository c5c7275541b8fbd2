// /admin/users.php: accounts, their quotas, registrations that wait, and everybody's keys.

import Pages
import Responder

serve("admin-users", dialect: .page) { visit in
    let service = UsersService(visit, try visit.administrator)
    return try UsersReply(service.carryOut(UsersForm(visit)), visit.frame)
}
