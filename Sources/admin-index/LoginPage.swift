// The login page: EasyImages' field names, no script. The password goes to the server as it is typed, over https where the site
// has it; a browser that still has the old page sends a digest, which does as well.

import Accounts
import HTML
import HTTP
import Pages
import Settings

struct LoginPage {
    enum Message {
        /// Above the form.
        case text(String)
        /// Above the form, as an error.
        case failure(String)
        case loggedIn(Account, formToken: String)
        /// Without the form; the home page follows.
        case done(String)
    }

    let response: Response

    /// - Parameter asksForCode: whether the form asks for the text of a picture.
    init(_ settings: Settings, _ message: Message, asksForCode: Bool = false, status: Status = .ok) {
        let form = LoginPage.form(settings, asksForCode: asksForCode || settings.forms.loginCaptcha)
        let prefix = settings.baseURL.pathPrefix
        let content: Markup = switch message {
        case .text(let text): "<p role=\"status\">\(text)</p>\n\(form)"
        case .failure(let text): "<p role=\"alert\">\(text)</p>\n\(form)"
        case .loggedIn(let account, let formToken):
            """
            <p role="status">\(account.role == .admin ? "尊敬的管理员" : "\(account.name)用户已登录")</p>
            <form method="post" action="\(prefix)/admin/index.php?login=exit">
            <input type="hidden" name="form_token" value="\(formToken)">
            <button>退出登录</button>
            </form>
            """
        case .done(let text): "<p role=\"status\">\(text)</p>\n<p><a href=\"\(prefix)/\">返回首页</a></p>"
        }
        var response = Response(Page(settings, "登录", content: content), settings, status: status)
        if case .done = message { response.headers.set("Refresh", "2;url=\(settings.baseURL.text)/") }
        self.response = response
    }

    private static func form(_ settings: Settings, asksForCode: Bool) -> Markup {
        let prefix = settings.baseURL.pathPrefix
        let code: Markup? = asksForCode ? """
            <img src="\(prefix)/app/captcha.php" width="305" height="54" alt="验证码">
            <label>验证码 <input name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required></label>

            """ : nil
        return """
            <form class="stacked" method="post" action="\(prefix)/admin/index.php">
            <label>账号 <input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
            <label>密码 <input name="password" type="password" autocomplete="current-password" required></label>
            \(code)<button>登录</button>
            </form>
            """
    }
}
