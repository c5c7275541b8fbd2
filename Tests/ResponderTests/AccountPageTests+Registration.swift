// The page on which visitors make an account, where the site is open to that.

import Accounts
import MediaStore
import Testing
import Time

extension AccountPageTests {
    // Registration

    private func register(_ name: String, _ password: String = "battery+staple", _ headers: [String: String] = browser) throws -> Answer {
        try site.post("/user/register.php", "user=\(name)&password=\(password)", headers)
    }

    @Test func aClosedSiteRegistersNobody() throws {
        #expect(try site.ask("GET", "/user/register.php", Self.browser).status == 403)
        #expect(try register("bob").status == 403 && site.site.accounts.all().isEmpty)
        #expect(try !site.ask("GET", "/user/login.php").text.contains("/user/register.php"))
    }

    @Test func anOpenSiteSignsInWhoRegisters() throws {
        try site.change(["registration": "open"])
        #expect(try site.ask("GET", "/user/login.php").text.contains("href=\"/user/register.php\""))
        #expect(try register("bob", "battery+staple", Self.browser.merging(["Origin": "https://evil.example"]) { $1 }).status == 403)
        let done = try register("bob")
        #expect(done.status == 303 && done.headers["location"] == "/" && done.headers["set-cookie"]?.hasPrefix("imagebed_session=") == true)
        let cookie = try #require(done.headers["set-cookie"]?.split(separator: ";").first.map(String.init))
        #expect(try site.ask("GET", Self.account, ["Cookie": cookie]).status == 200)
        let taken = try register("BOB")
        #expect(taken.status == 409 && taken.text.contains("已经有人使用") && !taken.text.contains("battery"))
        #expect(try register(Self.hostile).text.contains("&lt;script&gt;") && register("eve", "short").text.contains("密码要有 8 到 128"))
        for number in 0..<5 { _ = try register("eve\(number)") }
        let wait = try register("bob")
        #expect(wait.status == 429 && wait.headers["retry-after"] != nil)
    }

    @Test func registeringTakesNoFailedSignInBack() throws {
        try site.change(["registration": "open"])
        func failures() throws -> Int? {
            try site.site.database.first("SELECT max(count) FROM attempt WHERE kind LIKE 'login %' AND kind NOT LIKE 'login name%'") { $0.integer(0) }
        }
        for _ in 0..<3 { _ = try site.post("/user/login.php", "user=anna&password=x", Self.browser) }
        let before = try failures()
        #expect(try register("bob").headers["set-cookie"]?.hasPrefix("imagebed_session=") == true)
        #expect(try before == 3 && failures() == 3)
    }

    /// Without scripts it is told afterwards, and where it can be changed if it is weak.
    @Test func theStrengthOfANewPasswordIsTold() throws {
        try site.change(["registration": "open"])
        #expect(try site.ask("GET", "/user/register.php").text.contains("data-least=\"8\" data-most=\"128\" data-strength=\"password-strength\""))
        let weak = try register("bob", "xkwpqzmv")
        #expect(weak.headers["location"] == "/user/security.php?done=registered")
        let cookie = try #require(weak.headers["set-cookie"]?.split(separator: ";").first.map(String.init))
        #expect(try site.ask("GET", "/user/security.php?done=registered", ["Cookie": cookie]).text.contains("密码强度：弱"))
        try site.change(["registration": "approval"])
        let waiting = try #require(register("eve", "xk7+pq!zmv+tb3%25wd").headers["location"])
        #expect(try site.ask("GET", waiting).text.contains("<p>密码强度：好</p>"))
        #expect(try !site.ask("GET", "/user/register.php?done=waiting&of=\(Self.hostile)").text.contains("alert(1)"))
        #expect(try register("adam", "short").text.contains("密码要有 8 到 128 个字符"))
    }

    @Test func whoWaitsIsToldSo() throws {
        try site.change(["registration": "approval", "login_captcha": "true"])
        #expect(try register("bob").text.contains("请填写验证码") && site.site.accounts.all().isEmpty)
        try site.change(["login_captcha": "false"])
        let done = try register("bob")
        #expect(done.status == 303 && done.headers["location"] == "/user/register.php?done=waiting&of=fair" && done.headers["set-cookie"] == nil)
        #expect(try site.ask("GET", "/user/register.php?done=waiting", Self.browser).text.contains("等待管理员批准"))
        #expect(try site.post("/user/login.php", "user=bob&password=battery+staple").text.contains("等待管理员批准"))
        try site.site.accounts.approve("bob")
        #expect(try site.post("/user/login.php", "user=bob&password=battery+staple", Self.browser).status == 303)
    }
}
