// The login page: EasyImages' field names, no script. The password is sent in plain, over https if the site has it; a browser with
// EasyImages' old page in its cache sends a digest, which is accepted for imported accounts.

import Accounts
import HTML
import HTTP
import Pages
import Paths

struct LoginPage {
    enum Message {
        /// Shown above the form.
        case text(String)
        /// Shown above the form, as an error.
        case failure(String)
        case loggedIn(Account, csrfToken: String)
        /// Replaces the form; the browser continues to the home page.
        case done(String)
    }

    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    /// - Parameters:
    ///   - asksForCode: whether the form includes a CAPTCHA.
    ///   - cookies: values of `Set-Cookie`.
    func response(_ message: Message, asksForCode: Bool = false, status: Status = .ok, cookies: [String] = []) -> Response {
        let form = form(asksForCode: asksForCode || frame.settings.forms.loginCaptcha)
        let content: Markup = switch message {
        case .text(let text): "<p role=\"status\">\(text)</p>\n\(form)"
        case .failure(let text): "<p role=\"alert\">\(text)</p>\n\(form)"
        case .loggedIn(let account, let csrfToken):
            """
            <p role="status">\(account.role == .admin ? "尊敬的管理员" : "\(account.name)用户已登录")</p>
            <form method="post" action="\(frame.links.address(.login))?login=exit">
            <input type="hidden" name="form_token" value="\(csrfToken)">
            <button>退出登录</button>
            </form>
            """
        case .done(let text): "<p role=\"status\">\(text)</p>\n<p><a href=\"\(frame.prefix)/\">返回首页</a></p>"
        }
        var response = frame.response("登录", status: status, content: content)
        if case .done = message { response.headers.set("Refresh", "2;url=\(frame.settings.baseURL.text)/") }
        for cookie in cookies { response.headers.add("Set-Cookie", cookie) }
        return response
    }

    private func form(asksForCode: Bool) -> Markup {
        let code: Markup? = asksForCode ? """
            <img src="\(frame.links.address(.captcha))" width="305" height="54" alt="验证码">
            <label>验证码 <input name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required></label>

            """ : nil
        return """
            <form class="stacked" method="post" action="\(frame.links.address(.login))">
            <label>账号 <input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
            <label>密码 <input name="password" type="password" autocomplete="current-password" required></label>
            \(code)<button>登录</button>
            </form>
            """
    }
}
