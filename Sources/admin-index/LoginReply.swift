// The messages of the login page, and the cookies to set and remove.

import Accounts
import HTML
import HTTP
import Pages

struct LoginReply: Reply {
    let response: Response

    init(_ outcome: SignInOutcome, _ form: LoginForm, _ frame: PageFrame) {
        let page = LoginPage(frame)
        switch outcome {
        case .looked(let account?, let token): response = page.response(.loggedIn(account, csrfToken: token ?? ""))
        case .looked(nil, _): response = page.response(.text(form.sessionCookie == nil ? "请登录" : "登录已过期,请重新登录"))
        case .loggedOut(let wasLoggedIn):
            let cookies = [form.sessionCookie].compactMap { $0 } + form.formerCookies
            response = page.response(wasLoggedIn ? .done("退出成功") : .text("尚未登录"), cookies: cookies.map(\.removal))
        case .welcome(let account, let session):
            let forms = frame.settings.forms
            let cookie = SiteCookie.session(frame.settings.baseURL).setting(session, seconds: forms.sessionDays * 86_400)
            response = page.response(.done(account.role == .admin ? "管理员登录成功" : "\(account.name)用户登录成功"),
                                     cookies: [cookie] + form.formerCookies.map(\.removal))
        case .foreignLogOut: response = page.response(.failure("退出请求来自其他网站, 请在本站退出"), status: .forbidden)
        case .foreignLogIn: response = page.response(.failure("登录请求来自其他网站, 请在本站登录"), status: .forbidden)
        case .tooMany(let seconds):
            var answer = page.response(.failure("尝试次数过多, 请在 \(seconds) 秒后重试"), status: .tooManyRequests)
            answer.headers.set("Retry-After", "\(seconds)")
            response = answer
        case .badCode(let isMissing, let asks): response = page.response(.failure(isMissing ? "请填写验证码!" : "验证码错误!"), asksForCode: asks)
        case .expired(let account, let asks): response = page.response(.failure("\(account.name)账号已过期"), asksForCode: asks)
        case .refused(let asks): response = page.response(.failure("账号或密码错误"), asksForCode: asks)
        }
    }
}
