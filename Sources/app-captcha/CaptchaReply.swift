// Each image has its own challenge, whose token is in the browser's cookie.

import Accounts
import HTTP
import Pages
import Settings

struct CaptchaReply: Reply {
    let response: Response

    /// - Parameter challenge: the cookie's value.
    init(_ captcha: Captcha, _ challenge: String, _ site: BaseURL) {
        var response = Response(.ok, body: .bytes(captcha.picture))
        response.headers.set("Content-Type", "image/png")
        response.headers.set("Content-Length", "\(captcha.picture.count)")
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store, no-cache, must-revalidate")
        response.headers.add("Set-Cookie", SiteCookie.challenge(site).setting(challenge, seconds: Accounts.challengeSeconds))
        self.response = response
    }
}
