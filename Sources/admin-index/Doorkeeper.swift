// Lets visitors in and out. What is told to somebody who is not let in does not depend on whether the name exists.

import Accounts
import House
import HTTP
import JSONText
import Pages
import Responder
import Settings

struct Doorkeeper {
    let request: Request
    let house: House
    let settings: Settings

    init(_ request: Request, _ house: House) throws {
        self.request = request
        self.house = house
        settings = try house.settings
    }

    func answer() throws -> Response {
        switch try LoginForm(request) {
        case .look: try LoginPage(settings, greeting()).response
        case .logOut: try logOut()
        case .logIn(let name, let typed, let code): try logIn(name, typed, code)
        }
    }

    private func greeting() throws -> LoginPage.Message {
        if let account = try house.accounts.account(ofSession: request) { return .loggedIn(account) }
        return .text(request.cookies.first(Accounts.sessionCookie) == nil ? "请登录" : "登录已过期,请重新登录")
    }

    private func logOut() throws -> Response {
        let hadSession = try house.accounts.closeSession(of: request)
        var response = LoginPage(settings, hadSession ? .done("退出成功") : .text("尚未登录")).response
        forgetCookies([Accounts.sessionCookie, Doorkeeper.oldCookie], in: &response)
        return response
    }

    private func logIn(_ name: String, _ typed: String, _ code: String) throws -> Response {
        guard request.source(site: settings.baseURL.origin) != .foreignPage else {
            return LoginPage(settings, .failure("登录请求来自其他网站, 请在本站登录"), status: .forbidden).response
        }
        let address = request.clientAddress(settings)
        let seconds = try house.accounts.waitToLogIn(from: address.network)
        guard seconds == 0 else { return wait(seconds, address) }
        if settings.forms.loginCaptcha {
            guard !code.isEmpty else { return LoginPage(settings, .failure("请填写验证码!")).response }
            guard try house.accounts.meetsChallenge(request, answer: code) else {
                return LoginPage(settings, .failure("验证码错误!")).response
            }
        }
        switch try house.accounts.logIn(name, typed: typed, from: address.network) {
        case .welcome(let account): return try welcome(account, address)
        case .expired(let account):
            tell("expired", of: account, address)
            return LoginPage(settings, .failure("\(account.name)账号已过期")).response
        case .refused:
            tell("refused", of: nil, address)
            return LoginPage(settings, .failure("账号或密码错误")).response
        case .wait(let seconds): return wait(seconds, address)
        }
    }

    private func welcome(_ account: Account, _ address: IPAddress) throws -> Response {
        tell("logged in", of: account, address)
        _ = try house.accounts.closeSession(of: request)
        let session = try house.accounts.openSession(of: account, days: settings.forms.sessionDays)
        let message = account.role == .admin ? "管理员登录成功" : "\(account.name)用户登录成功"
        var response = LoginPage(settings, .done(message)).response
        let cookie = SiteCookie.value(Accounts.sessionCookie, session, seconds: settings.forms.sessionDays * 86_400, settings)
        response.headers.add("Set-Cookie", cookie)
        forgetCookies([Doorkeeper.oldCookie], in: &response)
        return response
    }

    private func wait(_ seconds: Int, _ address: IPAddress) -> Response {
        tell("too many attempts", of: nil, address)
        var response = LoginPage(settings, .failure("尝试次数过多, 请在 \(seconds) 秒后重试"), status: .tooManyRequests).response
        response.headers.set("Retry-After", "\(seconds)")
        return response
    }

    /// EasyImages' cookie holds the digest of the password. It opens nothing here; it is removed so that it opens nothing anywhere.
    private static let oldCookie = "auth"

    private func forgetCookies(_ names: [String], in response: inout Response) {
        for name in names where request.cookies.first(name) != nil {
            let path = name == Doorkeeper.oldCookie ? "/" : nil
            response.headers.add("Set-Cookie", SiteCookie.value(name, "", seconds: 0, path: path, settings))
        }
    }

    /// For the log. A name is written only when it is one: people type their password into the wrong field.
    private func tell(_ outcome: String, of account: Account?, _ address: IPAddress) {
        Log.tell([("login", .string(outcome)), ("account", JSONValue(account?.name)), ("address", .string(address.description))],
                 from: "admin-index")
    }
}
