// /admin/index.php: the login page; GET shows it, POST logs in, and out with `?login=…`.

import HTTP
import Responder

serve("admin-index", methods: [.get, .head, .post], failure: "登录失败, 请稍后重试", dialect: .page) { request, site in
    try Doorkeeper(request, site).answer()
}
