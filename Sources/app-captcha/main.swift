// GET /app/captcha.php: the CAPTCHA image of the login form, if the settings require one.

import Responder

serve("app-captcha", dialect: .text) { visit in
    try CaptchaReply(visit.openChallenge())
}
