// GET /app/captcha.php: the picture that the login form asks about, where the operator wants that.

import HTTP
import Responder

serve("app-captcha", methods: [.get, .head], dialect: .page) { request, site in
    try CaptchaReply(request, site).response
}
