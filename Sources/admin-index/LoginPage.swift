// The login page: EasyImages' field names, no script. The password is sent in plain, over https if the site has it; a browser with
// EasyImages' old page in its cache sends a digest, which is accepted for imported accounts.

import Accounts
import HTML
import HTTP
import Pages
import Paths
import Words

struct LoginPage {
    enum Message {
        /// Shown above the form.
        case text(String)
        /// Shown above the form, as an error.
        case failure(String)
        case loggedIn(Account)
        /// Replaces the form; the browser continues to the home page.
        case done(String)
    }

    let frame: PageFrame
    /// Where the browser continues after logging in.
    let back: OwnPath

    private var words: SignInWords { frame.words.signIn }

    /// - Parameters:
    ///   - asksForCode: whether the form includes a CAPTCHA.
    ///   - cookies: values of `Set-Cookie`.
    func response(_ message: Message, asksForCode: Bool = false, status: Status = .ok, cookies: [String] = []) -> Response {
        let form = form(asksForCode: asksForCode || frame.settings.forms.loginCaptcha)
        let content: Markup = switch message {
        case .text(let text): "<p role=\"status\">\(text)</p>\n\(form)"
        case .failure(let text): "<p class=\"notice bad\" role=\"alert\">\(text)</p>\n\(form)"
        case .loggedIn(let account): "<p role=\"status\">\(greeting(of: account))</p>\n\(logOut)"
        case .done(let text):
            "<p class=\"notice ok\" role=\"status\">\(text)</p>\n<p><a class=\"button primary\" href=\"\(frame.home)\">\(words.backHome)</a></p>"
        }
        let picture = WebAddress(frame.settings.looks.loginPicture)
        var page = Page(words.heading, at: address, content: "\(content)\(picture.map(figure))")
        (page.layout, page.pictures) = (.form, picture?.text.hasPrefix("http") == true ? .all : .own)
        var response = frame.response(page, status: status)
        if case .done = message { response.headers.set("Refresh", "2;url=\(frame.settings.baseURL.text)/") }
        for cookie in cookies { response.headers.add("Set-Cookie", cookie) }
        return response
    }

    /// The operator's picture.
    private func figure(_ address: WebAddress) -> Markup { "\n<figure><img src=\"\(address.text)\" alt=\"\"></figure>" }

    private var isBackHome: Bool { back.text == frame.home }

    private var address: PageAddress { PageAddress(.signIn, isBackHome ? [] : [(PageFrame.backField, back.text)]) }

    private func greeting(of account: Account) -> String {
        account.role == .admin ? words.greetingOfAdmin : words.greeting(of: account.name)
    }

    private var logOut: Markup {
        """
        <form method="post" action="\(frame.links.address(.signIn))?login=exit">
        \(frame.visitor.tokenField)<button>\(words.signOut)</button>
        </form>
        """
    }

    private func form(asksForCode: Bool) -> Markup {
        let back: Markup? = isBackHome ? nil : "<input type=\"hidden\" name=\"\(PageFrame.backField)\" value=\"\(back.text)\">\n"
        return """
            <form class="stacked" method="post" action="\(frame.links.address(.signIn))">
            \(back)<div class="field"><label for="user">\(words.name)</label>\
            <input name="user" id="user" autocomplete="username" autocapitalize="none" spellcheck="false" required></div>
            <div class="field"><label for="password">\(words.password)</label><div class="joined">\
            <input name="password" id="password" type="password" autocomplete="current-password" required>\
            <button type="button" class="scripted" data-show="password">\(frame.words.common.show)</button></div></div>
            \(asksForCode ? frame.captchaField : nil)<button class="primary big">\(words.submit)</button>
            </form>
            \(register)<details class="fold">
            <summary>\(words.forgotten)</summary>
            <p class="help">\(words.forgottenHelp) <code>imagebed user password NAME</code></p>
            </details>
            """
    }

    private var register: Markup? {
        guard frame.settings.forms.registration != .closed else { return nil }
        return "<p><a href=\"\(frame.links.address(.register))\">\(frame.words.register.link)</a></p>\n"
    }
}
