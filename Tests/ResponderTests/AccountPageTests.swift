// The pages of an account: keys, password, sessions, registration; with forms of other sites, numbers of other accounts and hostile texts.

import Accounts
import MediaStore
import Testing
import Time

@Suite struct AccountPageTests {
    let site: TestSite
    static let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
    static let account = "/user/index.php"
    static let security = "/user/security.php"
    static let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%26"

    init() throws { site = try TestSite() }

    /// The browser of the account "anna", and the token of its pages' forms.
    func anna() throws -> (headers: [String: String], token: String) {
        let headers = try Self.browser.merging(["Cookie": site.session()]) { $1 }
        let page = try site.ask("GET", Self.account, headers).text
        let token = try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))
        return (headers, String(token))
    }

    private func value(_ name: String, in page: String) throws -> String {
        try String(#require(page.split(separator: "name=\"\(name)\" value=\"").dropFirst().first?.prefix { $0 != "\"" }))
    }

    @Test(arguments: [account, "/user/", security]) func strangersAreSentToTheSignInPage(path: String) throws {
        let page = try site.ask("GET", path, Self.browser)
        #expect(page.status == 303 && page.headers["location"] == "/user/login.php?back=\(path)")
        #expect(try site.ask("GET", path).status == 401)
        #expect(try site.post(path, "action=create_key", Self.browser).status == 401)
    }

    @Test func theInstructionOfTheAPIPage() throws {
        let (headers, token) = try anna()
        let page = try site.ask("GET", Self.account, headers).text
        #expect(page.contains("<h1>个人中心</h1>") && page.contains(">API 密钥</h2>") && page.contains(">创建密钥</button>"))
        #expect(page.contains("placeholder=\"如：我的网站\""))
        let form = "action=create_key&form_token=\(token)&once=\(try value("once", in: page))&name=%E6%88%91%E7%9A%84%E7%BD%91%E7%AB%99&scope%5B%5D=upload&days=0"
        let made = try site.post(Self.account, form, headers)
        #expect(made.status == 200 && made.headers["cache-control"] == "no-store" && made.text.contains("密钥只显示这一次，请现在保存"))
        let key = try String(#require(made.text.split(separator: "readonly value=\"").dropFirst().first?.prefix(46)))
        #expect(key.hasPrefix("ib_") && made.text.contains("X-API-Key: \(key)"))
        let again = try site.post(Self.account, form, headers)
        #expect(again.status == 200 && again.text.contains("已经创建") && !again.text.contains(key))
        #expect(try site.site.accounts.keys().count == 1)
        let stored = try site.upload("/api/v1/upload.php", Array("GIF89a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;".utf8), named: "a.gif",
                                     fields: ["token": key])
        #expect(stored.status != 401)
        let list = try site.ask("GET", Self.account, headers).text
        #expect(list.contains("我的网站") && list.contains(String(key.prefix(9)) + "…") && !list.contains(key))
    }

    /// What was moved to the recycle bin is free at once.
    @Test func theQuotaAndItsUse() throws {
        let (headers, _) = try anna()
        func page() throws -> String { try site.ask("GET", Self.account, headers).text }
        #expect(try !page().contains("<meter") && !page().contains("限额"))
        let file = try site.keep("own.bmp", owner: #require(try site.site.accounts.account(named: "anna")).id)
        try site.site.accounts.setQuota(Quota(bytes: 4 * file.size, files: 1), of: "anna")
        let full = try page()
        #expect(full.contains("<p id=\"quota-bytes\">空间：已用 \(file.size) B，共 \(4 * file.size) B</p>") && full.contains("value=\"250\" aria-labelledby=\"quota-bytes\""))
        #expect(full.contains("<p id=\"quota-files\">文件数：已用 1，共 1</p>") && full.contains("value=\"1000\" aria-labelledby=\"quota-files\""))
        #expect(full.contains("已满，不能再上传") && full.contains("回收站里的文件不计入"))
        _ = try site.site.store.carryOut(.recycle, on: [file.id], of: file.owner)
        let free = try page()
        #expect(free.contains("空间：已用 0 B，共") && free.contains("文件数：已用 0，共 1") && !free.contains("已满"))
        try site.site.accounts.setQuota(Quota(bytes: 0, files: nil), of: "anna")
        #expect(try page().contains("value=\"1000\" aria-labelledby=\"quota-bytes\"") && !page().contains("quota-files"))
    }

    @Test func formsOfOtherSitesAreRefused() throws {
        let (headers, token) = try anna()
        for path in [Self.account, Self.security] {
            for fields in ["action=create_key&once=abcdefghijklmnopqrst&name=x&scope=upload", "action=end_other_sessions", "action=preferences&language=en"] {
                #expect(try site.post(path, fields, headers).status == 403)
                #expect(try site.post(path, fields + "&form_token=x", headers).status == 403)
                let foreign = headers.merging(["Origin": "https://evil.example"]) { $1 }
                #expect(try site.post(path, fields + "&form_token=\(token)", foreign).status == 403)
            }
            #expect(try site.post(path, "action=other&form_token=\(token)", headers).status == 400)
        }
        #expect(try site.site.accounts.keys().isEmpty && site.site.accounts.account(named: "anna")?.language == nil)
    }

    @Test func refusedKeysSayWhy() throws {
        let (headers, token) = try anna()
        let form = "action=create_key&form_token=\(token)&once=abcdefghijklmnopqrst"
        for (fields, reason) in [("&name=&scope=upload", "密钥名称要有"), ("&name=x", "至少选择一项"), ("&name=x&scope=upload&days=-1", "今天之后"),
                                 ("&name=x&scope=upload&until=2001-01-01", "今天之后"), ("&name=a%0Ab&scope=upload", "密钥名称要有"),
                                 ("&name=%E2%80%8B&scope=upload", "不能只有空白"), ("&name=x&scope=upload&days=9999999", "最多 36500 天"),
                                 ("&name=x&scope=upload&until=9127-01-01", "最多 36500 天")] {
            let page = try site.post(Self.account, form + fields, headers)
            #expect(page.status == 400 && page.text.contains(reason) && page.text.contains("data-again"))
        }
        #expect(try site.post(Self.account, "action=create_key&form_token=\(token)&name=x&scope=upload", headers).status == 400)
        let unknown = try site.post(Self.account, form + "&name=x&scope[]=upload&scope[]=uplod", headers.merging(["Accept": "*/*"]) { $1 })
        #expect(unknown.status == 400 && unknown.text == "Invalid parameter: scope", "fewer rights than were asked for are not given silently")
        #expect(try site.site.accounts.keys().isEmpty)
    }

    @Test func aKeyWorksToTheEndOfItsLastDay() throws {
        let (headers, token) = try anna()
        let page = try site.ask("GET", Self.account, headers).text
        let last = SiteDay.today.moved(by: 36_500)
        #expect(page.contains(" min=\"\(Self.field(.today.moved(by: 1)))\" max=\"\(Self.field(last))\""))
        for (number, day) in [SiteDay.today.moved(by: 1), SiteDay("2037/01/01")!, last].enumerated() {
            let form = "action=create_key&form_token=\(token)&once=abcdefghijklmnopqrst\(number)&name=x&scope=upload&until=\(Self.field(day))"
            #expect(try site.post(Self.account, form, headers).status == 200)
            let end = try #require(site.site.accounts.keys().last?.expiresAt)
            #expect(end == day.seconds.upperBound && SiteDay(of: end - 1) == day)
        }
        // (A day more than the first that is too late: it may be midnight.)
        for day in [SiteDay.today, last.moved(by: 2)] {
            let form = "action=create_key&form_token=\(token)&once=abcdefghijklmnopqrst&name=x&scope=upload&until=\(Self.field(day))"
            let refused = try site.post(Self.account, form, headers)
            #expect(refused.status == 400 && refused.text.contains(" value=\"\(Self.field(day))\">"), "what was entered stays")
        }
    }

    private static func field(_ day: SiteDay) -> String { day.text.replacing("/", with: "-") }

    @Test func keysOfOthersStay() throws {
        let (headers, token) = try anna()
        try site.site.accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        let (bobs, mine) = try (site.site.accounts.createKey(of: "bob", name: "bobs", scopes: [.upload]).record.id,
                                site.site.accounts.createKey(of: "anna", name: "mine", scopes: [.upload]).record.id)
        for action in ["rename_key&name=x", "revoke_key"] {
            #expect(try site.post(Self.account, "action=\(action)&id=\(bobs)&form_token=\(token)", headers).status == 404)
        }
        #expect(try site.site.accounts.keys(of: "bob").allSatisfy { $0.name == "bobs" && $0.revokedAt == nil })
        let renamed = try site.post(Self.account, "action=rename_key&id=\(mine)&name=\(Self.hostile)&form_token=\(token)", headers)
        #expect(renamed.status == 303 && renamed.headers["location"] == "/user/index.php?done=renamed")
        let page = try site.ask("GET", "/user/index.php?done=renamed", headers).text
        #expect(page.contains("名称已修改") && !page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"))
        #expect(try site.post(Self.account, "action=revoke_key&id=\(mine)&form_token=\(token)", headers).status == 303)
        #expect(try site.site.accounts.keys(of: "anna").first?.revokedAt != nil)
    }

    @Test func settingsForPrograms() throws {
        let (headers, token) = try anna()
        func file(_ fields: String) throws -> Answer { try site.post(Self.account, "action=settings&form_token=\(token)&\(fields)", headers) }
        let answer = try file("client=sharex&key=ib_abc")
        #expect(answer.headers["content-disposition"] == "attachment; filename=\"imagebed.sxcu\"" && answer.text.contains("\"X-API-Key\": \"ib_abc\""))
        #expect(try file("client=sharex&key=\(Self.hostile)").text.contains("\"X-API-Key\": \"YOUR-KEY\""))
        #expect(try file("client=\(Self.hostile)&key=a").status == 404)
    }

    @Test func sessionsAreEnded() throws {
        let (headers, token) = try anna()
        let other = try Self.browser.merging(["Cookie": site.session(), "User-Agent": "<b>"]) { $1 }
        try site.site.accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        _ = try site.site.accounts.logIn("bob", typed: "battery staple", from: "192.0.2.9", days: 1)
        let page = try site.ask("GET", Self.security, headers).text
        #expect(page.contains("这台设备") && page.contains("未知的浏览器"))
        let id = try value("id", in: page)
        #expect(try site.post(Self.security, "action=end_session&id=3&form_token=\(token)", headers).status == 404)
        #expect(try site.post(Self.security, "action=end_session&id=\(id)&form_token=\(token)", headers).status == 303)
        #expect(try site.ask("GET", Self.security, other).status == 303 && site.ask("GET", Self.security, headers).status == 200)
        _ = try site.session()
        let ended = try site.post(Self.security, "action=end_other_sessions&form_token=\(token)", headers)
        #expect(ended.headers["location"] == "/user/security.php?done=others&of=1")
    }

    @Test func thePasswordIsChanged() throws {
        let (headers, token) = try anna()
        func change(_ current: String, _ new: String) throws -> Answer {
            try site.post(Self.security, "action=change_password&current=\(current)&new=\(new)&form_token=\(token)", headers)
        }
        #expect(try change("wrong", "another+long+horse").text.contains("当前密码错误"))
        #expect(try change("correct+horse", "short").text.contains("密码要有 12 到 128 个字符"))
        let done = try change("correct+horse", "another+long+horse")
        #expect(done.status == 303 && done.headers["location"]?.hasPrefix("/user/security.php?done=password&of=") == true)
        #expect(try site.site.accounts.account(named: "anna", password: "another long horse") != nil)
        for _ in 0..<6 { _ = try change("wrong", "another+long+horse") }
        #expect(try change("another+long+horse", "another+long+horse").status == 429)
        #expect(try site.ask("GET", "/user/security.php?done=\(Self.hostile)&of=\(Self.hostile)", headers).text.contains("alert(1)") == false)
    }

    @Test func preferencesCount() throws {
        let (headers, token) = try anna()
        #expect(try site.post(Self.security, "action=preferences&language=en&link_format=markdown&form_token=\(token)", headers).status == 303)
        #expect(try site.ask("GET", Self.account, headers).text.contains("<h1>Account</h1>"))
        #expect(try site.ask("GET", "/", headers).text.contains("data-first-format=\"markdown\""))
        for (fields, name) in [("language=xx&link_format=", "language"), ("language=&link_format=x", "link_format")] {
            let refused = try site.post(Self.security, "action=preferences&\(fields)&form_token=\(token)", headers.merging(["Accept": "*/*"]) { $1 })
            #expect(refused.status == 400 && refused.text == "Invalid parameter: \(name)", "what is no choice changes nothing")
        }
        #expect(try site.site.accounts.account(named: "anna")?.language == .en)
        _ = try site.post(Self.security, "action=preferences&language=&link_format=&form_token=\(token)", headers)
        #expect(try site.site.accounts.account(named: "anna")?.language == nil)
    }

    @Test func anAccountIsDeleted() throws {
        let (headers, token) = try anna()
        func delete(_ password: String) throws -> Answer {
            try site.post(Self.security, "action=delete_account&password=\(password)&form_token=\(token)", headers)
        }
        #expect(try delete("correct+horse").text.contains("最后一个管理员"))
        try site.site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        #expect(try delete("wrong").text.contains("当前密码错误"))
        let done = try delete("correct+horse")
        #expect(done.status == 200 && done.text.contains("账号已删除") && done.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try site.ask("GET", Self.account, headers).status == 303)
    }

    @Test func anAccountIsDeletedWithItsFiles() throws {
        let (headers, token) = try anna()
        let anna = try #require(try site.site.accounts.account(named: "anna"))
        let (own, other) = (try site.keep("own.bmp", owner: anna.id), try site.keep("other.bmp", [UInt8](repeating: 1, count: 100)))
        func delete(_ password: String) throws -> Answer {
            try site.post(Self.security, "action=delete_account&files=delete&password=\(password)&form_token=\(token)", headers)
        }
        #expect(try delete("correct+horse").text.contains("最后一个管理员"))
        try site.site.accounts.add(AccountName("root")!, password: "battery staple", role: .admin)
        #expect(try delete("wrong").text.contains("当前密码错误") && site.site.store.file(at: own.path) != nil)
        let done = try delete("correct+horse")
        #expect(done.text.contains("<p>1 个文件已删除，30 天后从回收站彻底删除。</p>") && !done.text.contains("还没有移走"))
        #expect(try site.site.store.file(at: own.path) == nil && site.site.store.file(at: other.path) != nil)
        #expect(!site.site.uploads.holds(own.path.text) && done.log.contains("account and 1 files deleted"))
    }
}
