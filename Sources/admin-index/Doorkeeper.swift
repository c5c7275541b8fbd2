// Lets visitors in and out. What is told to somebody who is not let in does not depend on whether the name exists.

import Accounts
import HTTP
import JSONText
import Pages
import Responder
import Settings
import Site
import Text

struct Doorkeeper {
    let request: Request
    let site: Site
    let settings: Settings

    init(_ request: Request, _ site: Site) throws {
        self.request = request
        self.site = site
        settings = try site.settings
    }

    func answer() throws -> Response {
        switch try LoginForm(request) {
        case .look: try LoginPage(settings, greeting()).response
        case .logOut(let token): try logOut(token)
        case .logIn(let name, let typed, let code): try logIn(name, typed, code)
        }
    }

    private func greeting() throws -> LoginPage.Message {
        if let account = try site.accounts.account(ofSession: request, settings) {
            return .loggedIn(account, formToken: site.accounts.formToken(of: request, settings) ?? "")
        }
        return .text(SiteCookie.session(settings).value(of: request) == nil ? "请登录" : "登录已过期,请重新登录")
    }

    private func logOut(_ formToken: String?) throws -> Response {
        let isLoggedIn = try site.accounts.account(ofSession: request, settings) != nil
        guard !isLoggedIn || site.accounts.isOwnForm(request, token: formToken, settings) else {
            return LoginPage(settings, .failure("退出请求来自其他网站, 请在本站退出"), status: .forbidden).response
        }
        _ = try site.accounts.closeSession(of: request, settings)
        var response = LoginPage(settings, isLoggedIn ? .done("退出成功") : .text("尚未登录")).response
        forget([.session(settings)] + SiteCookie.former(settings), in: &response)
        return response
    }

    private func logIn(_ name: String, _ typed: String, _ code: String) throws -> Response {
        guard request.source(site: settings.baseURL.origin) != .foreignPage else {
            return LoginPage(settings, .failure("登录请求来自其他网站, 请在本站登录"), status: .forbidden).response
        }
        let address = request.clientAddress(settings)
        let seconds = try site.accounts.waitToLogIn(from: address.network)
        guard seconds == 0 else { return wait(seconds, address) }
        let asksForCode = try site.accounts.needsChallenge(name, from: address.network)
        func refusal(_ message: String) -> Response { LoginPage(settings, .failure(message), asksForCode: asksForCode).response }
        if asksForCode || settings.forms.loginCaptcha {
            guard try !code.isEmpty && site.accounts.meetsChallenge(request, settings, answer: code) else {
                tell("asked for the text of a picture", of: nil, address)
                return refusal(code.isEmpty ? "请填写验证码!" : "验证码错误!")
            }
        }
        switch try site.accounts.logIn(name, typed: typed, from: address.network, days: settings.forms.sessionDays) {
        case .welcome(let account, let session): return try welcome(account, session, address)
        case .expired(let account):
            tell("expired", of: account, address)
            return refusal("\(account.name)账号已过期")
        case .refused:
            tell("refused", of: nil, address)
            return refusal("账号或密码错误")
        }
    }

    private func welcome(_ account: Account, _ session: String, _ address: IPAddress) throws -> Response {
        tell("logged in", of: account, address)
        _ = try site.accounts.closeSession(of: request, settings)
        let message = account.role == .admin ? "管理员登录成功" : "\(account.name)用户登录成功"
        var response = LoginPage(settings, .done(message)).response
        response.headers.add("Set-Cookie", SiteCookie.session(settings).setting(session, seconds: settings.forms.sessionDays * 86_400))
        forget(SiteCookie.former(settings), in: &response)
        return response
    }

    private func wait(_ seconds: Int, _ address: IPAddress) -> Response {
        tell("too many attempts", of: nil, address)
        var response = LoginPage(settings, .failure("尝试次数过多, 请在 \(seconds) 秒后重试"), status: .tooManyRequests).response
        response.headers.set("Retry-After", "\(seconds)")
        return response
    }

    private func forget(_ cookies: [SiteCookie], in response: inout Response) {
        for cookie in cookies where cookie.value(of: request) != nil { response.headers.add("Set-Cookie", cookie.removal) }
    }

    /// For the log. A name is written only when it is one: people type their password into the wrong field.
    private func tell(_ outcome: String, of account: Account?, _ address: IPAddress) {
        Log.tell([("login", .string(outcome)), ("account", JSONValue(account?.name)), ("address", .string(address.description))],
                 from: "admin-index")
    }
}
