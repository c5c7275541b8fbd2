// Each image has its own challenge, whose token is in the browser's cookie.

import Accounts
import Pages
import Site

/// A CAPTCHA whose answer is expected.
struct OpenedChallenge {
    let captcha: Captcha
    /// The cookie.
    let cookie: SiteCookie
    let token: String
}

extension Visit {
    /// - Throws: `Problem` 429 if the client has opened too many.
    func openChallenge() throws -> OpenedChallenge {
        try site.accounts.limitChallenges(for: address.network)
        let captcha = try Captcha()
        return OpenedChallenge(captcha: captcha, cookie: .challenge(try settings.baseURL),
                               token: try site.accounts.openChallenge(answer: captcha.text))
    }
}
