// GET /app/captcha.php: the CAPTCHA image of the login form, if the settings require one.

import Pages
import Responder

serve("app-captcha", dialect: .text) { visit in
    try visit.site.accounts.limitChallenges(for: visit.address.network)
    let captcha = try Captcha()
    let challenge = try visit.site.accounts.openChallenge(answer: captcha.text)
    return try CaptchaReply(captcha, challenge, visit.settings.baseURL)
}
