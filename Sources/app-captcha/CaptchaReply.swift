// Each picture has a challenge of its own, which the browser's cookie names; whoever asks for very many is asked to wait.

import Accounts
import HTTP
import Pages
import Settings
import Site

struct CaptchaReply {
    let response: Response

    init(_ request: Request, _ site: Site) throws {
        let settings = try site.settings
        let address = request.clientAddress(settings)
        guard try site.accounts.mayTry("captcha", who: address.network, limit: CaptchaReply.picturesAMinute, window: 60) else {
            throw Problem(.tooManyRequests, says: "Too many requests", headers: [("Retry-After", "60")])
        }
        let captcha = try Captcha()
        let challenge = try site.accounts.openChallenge(answer: captcha.text)
        var response = Response(.ok, body: .bytes(captcha.picture))
        response.headers.set("Content-Type", "image/png")
        response.headers.set("Content-Length", "\(captcha.picture.count)")
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store, no-cache, must-revalidate")
        response.headers.add("Set-Cookie", SiteCookie.challenge(settings).setting(challenge, seconds: Accounts.challengeSeconds))
        self.response = response
    }

    private static let picturesAMinute = 60
}
