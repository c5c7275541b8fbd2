// GET /app/captcha.php: the picture that the login form asks about, where the operator wants that.

import Pages
import Responder

serve("app-captcha", dialect: .page) { visit in
    try visit.site.accounts.limitChallenges(for: visit.address.network)
    let captcha = try Captcha()
    let challenge = try visit.site.accounts.openChallenge(answer: captcha.text)
    return CaptchaReply(captcha, challenge, visit.settings.baseURL)
}
