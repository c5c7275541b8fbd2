// /user/register.php: makes an account, where the setting `registration` allows that.

import Pages
import Responder

serve("user-register", dialect: .page) { visit in
    let (form, frame) = (try RegisterForm(visit.request), try visit.frame)
    return RegisterReply(try RegisterService(visit).carryOut(form), form, frame)
}
