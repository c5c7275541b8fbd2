// The login page: EasyImages' field names. The password is sent in plain, over https if the site has it; a browser with
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
        /// After signing in: the form that waited for it can be sent.
        case waiting(KeptForm)
        /// Shown above the form; clients that are no browsers get `done`.
        case signedOut
        /// Replaces the form; the browser continues to the home page.
        case done(String)
    }

    let frame: PageFrame
    /// Where the browser continues after logging in.
    let back: OwnPath
    /// What it sends there, if a form waits for the login.
    let kept: KeptForm?
    /// The account's name as it was entered.
    var name = ""

    private var words: SignInWords { frame.words.signIn }

    /// - Parameters:
    ///   - asksForCode: whether the form includes a CAPTCHA.
    ///   - retryAfter: as `Page.retryAfter`.
    ///   - cookies: values of `Set-Cookie`.
    func response(_ message: Message, asksForCode: Bool = false, status: Status = .ok, retryAfter: Int? = nil, cookies: [String] = []) -> Response {
        let fields = SignInForm(frame, back: back, kept: kept, name: name, asksForCode: asksForCode)
        let form: Markup = "\(fields.markup)\(register)\(forgotten)"
        let content: Markup = switch message {
        case .text(let text): "<p role=\"status\">\(text)</p>\n\(form)"
        case .failure(let text): "<p class=\"notice bad\" role=\"alert\">\(text)</p>\n\(form)"
        case .loggedIn(let account): "<p role=\"status\">\(greeting(of: account))</p>\n\(logOut)"
        case .waiting(let kept): kept.question(sentTo: back, frame)
        case .signedOut: "<p class=\"notice ok\" role=\"status\">\(words.signedOut)</p>\n\(form)"
        case .done(let text):
            "<p class=\"notice ok\" role=\"status\">\(text)</p>\n<p><a class=\"button primary\" href=\"\(frame.home)\">\(words.backHome)</a></p>"
        }
        let picture = WebAddress(frame.settings.looks.loginPicture)
        var page = Page(words.heading, at: address, content: "\(content)\(picture.map(figure))")
        (page.layout, page.pictures) = (.form, picture?.text.hasPrefix("http") == true ? .all : .own)
        page.retryAfter = retryAfter
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

    private var forgotten: Markup {
        """
        <details class="fold">
        <summary>\(words.forgotten)</summary>
        <p class="help">\(words.forgottenHelp)</p>
        </details>
        """
    }

    private var register: Markup? {
        guard frame.settings.forms.registration != .closed else { return nil }
        return "<p><a href=\"\(frame.links.address(.register))\">\(frame.words.register.link)</a></p>\n"
    }
}
