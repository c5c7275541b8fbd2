// /user/login.php: the login page; GET shows it, POST logs in, and out with `?login=…`.

import Pages
import Responder

serve("admin-index", failure: "登录失败, 请稍后重试", dialect: .page) { visit in
    let form = try LoginForm(visit)
    let frame = try visit.frame
    let outcome = try SignIn(visit).carryOut(form.action)
    return LoginReply(outcome, form, frame)
}
