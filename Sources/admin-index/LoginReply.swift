// The messages of the login page, and the cookies to set and remove.

import Accounts
import HTML
import HTTP
import Pages
import Words

struct LoginReply: Reply {
    let response: Response

    init(_ outcome: SignInOutcome, _ form: LoginForm, _ frame: PageFrame) {
        let page = LoginPage(frame: frame, back: form.back, kept: form.kept, name: form.action.name)
        let words = frame.words.signIn
        switch outcome {
        case .looked(let account?): response = page.response(.loggedIn(account))
        case .looked(nil): response = page.response(.text(form.sessionCookie == nil ? words.please : words.ended))
        case .loggedOut(let wasLoggedIn):
            // The frame still shows the account whose session has just ended.
            let page = LoginPage(frame: frame.forStranger, back: form.back, kept: nil)
            let cookies = [form.sessionCookie].compactMap { $0 } + form.formerCookies
            response = page.response(wasLoggedIn ? (form.isForPage ? .signedOut : .done(words.signedOut)) : .text(words.notSignedIn), cookies: cookies.map(\.removal))
        case .welcome(let account, let session): response = LoginReply.welcome(account, session, form, page)
        case .foreignLogOut: response = page.response(.failure(words.foreignSignOut), status: .forbidden)
        case .foreignLogIn: response = page.response(.failure(words.foreignSignIn), status: .forbidden)
        case .tooMany(let seconds):
            response = page.response(.failure(words.tooMany(seconds: seconds)), status: .tooManyRequests, retryAfter: seconds)
        case .badCode(let isMissing, let asks):
            response = page.response(.failure(isMissing ? words.codeMissing : words.codeWrong), asksForCode: asks)
        case .expired(let account, let asks): response = page.response(.failure(words.expired(account.name)), asksForCode: asks)
        case .waiting(let asks): response = page.response(.failure(words.waiting), asksForCode: asks)
        case .refused(let asks): response = page.response(.failure(words.wrong), asksForCode: asks)
        }
    }

    /// Browsers are sent on, or asked whether to send the form that waited; a script gets the page with the sentence that it reads.
    private static func welcome(_ account: Account, _ session: String, _ form: LoginForm, _ page: LoginPage) -> Response {
        let (settings, words) = (page.frame.settings, page.frame.words.signIn)
        let cookie = SiteCookie.session(settings.baseURL).setting(session, seconds: settings.forms.sessionDays * 86_400)
        let cookies = [cookie] + form.formerCookies.map(\.removal)
        guard form.isForPage else {
            let welcome = account.role == .admin ? words.welcomeOfAdmin : words.welcome(to: account.name)
            return page.response(.done(welcome), cookies: cookies)
        }
        if let kept = form.kept {
            let own = LoginPage(frame: page.frame.showing(Visitor(account, session: session)), back: form.back, kept: nil)
            return own.response(.waiting(kept), cookies: cookies)
        }
        var response = Response.seeOther(form.back)
        for cookie in cookies { response.headers.add("Set-Cookie", cookie) }
        return response
    }
}
