// The image, and the cookie by which its answer is recognized.

import Accounts
import HTTP

struct CaptchaReply: Reply {
    let response: Response

    init(_ challenge: OpenedChallenge) {
        let picture = challenge.captcha.picture
        var response = Response(.ok, body: .bytes(picture))
        response.headers.set("Content-Type", "image/png")
        response.headers.set("Content-Length", "\(picture.count)")
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store, no-cache, must-revalidate")
        response.headers.add("Set-Cookie", challenge.cookie.setting(challenge.token, seconds: Accounts.challengeSeconds))
        self.response = response
    }
}
