// The administrator's page of accounts: who may see it, what each form does, and what is refused.

import Accounts
import MediaStore
import Testing
import Time

@Suite struct UsersPageTests {
    private let site: TestSite
    private var accounts: Accounts { site.site.accounts }
    private static let page = "/admin/users.php"
    private static let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%26"

    init() throws { site = try TestSite() }

    private func add(_ name: String, _ role: Role = .user) throws { try accounts.add(AccountName(name)!, password: "battery staple", role: role) }

    private func account(_ name: String) throws -> Account { try #require(try accounts.account(named: name)) }

    private func secret(in page: Answer) throws -> String {
        #expect(page.status == 200 && page.headers["cache-control"] == "no-store")
        return try String(#require(page.text.split(separator: "readonly value=\"").dropFirst().first?.prefix { $0 != "\"" }))
    }

    @Test func onlyAdministratorsSeeIt() throws {
        let stranger = try site.ask("GET", Self.page, ["Accept": "text/html"])
        #expect(stranger.status == 303 && stranger.headers["location"] == "/user/login.php?back=/admin/users.php")
        _ = try site.anna()
        try add("bob")
        guard case .welcome(_, let session) = try accounts.logIn("bob", typed: "battery staple", from: "192.0.2.3", days: 1) else {
            Issue.record("not signed in")
            return
        }
        let (headers, token) = try site.browser("imagebed_session=" + session)
        #expect(try site.ask("GET", Self.page, headers).status == 403)
        let refused = try site.post(Self.page, "action=role&role=admin&account=bob&form_token=\(token)", headers)
        #expect(try refused.status == 403 && account("bob").role == .user)
        #expect(try !site.ask("GET", "/", headers).text.contains("/admin/users.php"))
    }

    @Test func formsOfOtherSitesAreRefused() throws {
        let (headers, token) = try site.anna()
        try add("bob")
        for fields in ["action=add&name=eve", "action=disable&account=bob", "action=reset_password&account=bob", "action=role&role=admin&account=bob"] {
            #expect(try site.post(Self.page, fields, headers).status == 403)
            #expect(try site.post(Self.page, "\(fields)&form_token=\(token)", headers.merging(["Origin": "https://evil.example"]) { $1 }).status == 403)
        }
        #expect(try site.post(Self.page, "action=other&account=bob&form_token=\(token)", headers).status == 400)
        #expect(try accounts.account(named: "eve") == nil && account("bob").role == .user && account("bob").disabledAt == nil)
    }

    @Test func anAccountIsAdded() throws {
        let (headers, token) = try site.anna()
        #expect(try site.ask("GET", "/", headers).text.contains("href=\"/admin/users.php\""))
        let made = try site.post(Self.page, "action=add&name=carl&role=admin&form_token=\(token)", headers)
        let password = try secret(in: made)
        #expect(try made.text.contains("密码只显示这一次") && accounts.account(named: "carl", password: password)?.role == .admin)
        #expect(made.log.contains("\"administration\":\"account added (admin)\"") && !made.log.contains(password))
        let taken = try site.post(Self.page, "action=add&name=CARL&form_token=\(token)", headers)
        #expect(taken.status == 409 && taken.text.contains("已经有人使用"))
        let bad = try site.post(Self.page, "action=add&name=\(Self.hostile)&form_token=\(token)", headers)
        #expect(bad.status == 400 && bad.text.contains("账号只能有字母") && !bad.text.contains("<script>alert"))
    }

    private struct Change { let fields: String, word: String, isDone: (Account) -> Bool }

    @Test func anAccountIsChanged() throws {
        let (headers, token) = try site.anna()
        try add("bob")
        let day = SiteDay.today.moved(by: 30)
        for change in [
            Change(fields: "role&role=admin", word: "saved") { $0.role == .admin },
            Change(fields: "role&role=user", word: "saved") { $0.role == .user },
            Change(fields: "end&until=\(day.text.replacing("/", with: "-"))", word: "saved") { $0.expiresAt == day.seconds.upperBound },
            Change(fields: "end&until=", word: "saved") { $0.expiresAt == nil },
            Change(fields: "quota&bytes=10GB&files=300", word: "saved") { $0.quota == Quota(bytes: 10 << 30, files: 300) },
            Change(fields: "quota&bytes=&files=", word: "saved") { $0.quota == .none },
            Change(fields: "disable", word: "disabled") { $0.disabledAt != nil },
            Change(fields: "enable", word: "enabled") { $0.disabledAt == nil },
        ] {
            let answer = try site.post(Self.page, "action=\(change.fields)&account=bob&form_token=\(token)", headers)
            #expect(answer.status == 303 && answer.headers["location"] == "/admin/users.php?account=bob&done=\(change.word)", "\(change.fields)")
            #expect(try change.isDone(account("bob")), "\(change.fields)")
            #expect(try site.ask("GET", "/admin/users.php?account=bob&done=\(change.word)", headers).text.contains("role=\"status\""))
        }
    }

    @Test func whatIsWrongChangesNothing() throws {
        let (headers, token) = try site.anna()
        try add("bob")
        for (fields, status, reason) in [
            ("end&until=2001-01-01", 400, "最后一天要在今天之后"), ("end&until=x", 400, "最后一天要在今天之后"), ("quota&bytes=much", 400, "空间要写成"),
            ("quota&files=-1", 400, "空间要写成"), ("quota&bytes=9999999999GB", 400, "空间要写成"), ("quota&bytes=2000000GB", 400, "空间要写成"),
            ("approve", 409, "不在等待批准"), ("create_key&once=abcdefghijklmnopqrst&name=&scope=upload", 400, "密钥名称要有"),
        ] {
            let answer = try site.post(Self.page, "action=\(fields)&account=bob&form_token=\(token)", headers)
            #expect(answer.status == status && answer.text.contains(reason), "\(fields)")
        }
        #expect(try account("bob").expiresAt == nil && account("bob").quota == .none)
        for name in ["nobody", Self.hostile, "%28deleted%201%29"] {
            let answer = try site.post(Self.page, "action=disable&account=\(name)&form_token=\(token)", headers)
            #expect(answer.status == 404 && answer.text.contains("没有这个账号") && !answer.text.contains("<script>alert"))
            #expect(try site.ask("GET", "/admin/users.php?account=\(name)", headers).status == 404)
        }
        for fields in ["role&role=god&account=bob", "role&account=bob", "add&role=root&name=carl", "add&role=&name=carl", "add&role=Admin&name=carl"] {
            let refused = try site.post(Self.page, "action=\(fields)&form_token=\(token)", headers.merging(["Accept": "*/*"]) { $1 })
            #expect(refused.status == 400 && refused.text == "Invalid parameter: role", "\(fields)")
        }
        #expect(try accounts.account(named: "carl") == nil && account("bob").role == .user)
    }

    @Test func theLastAdministratorStays() throws {
        let (headers, token) = try site.anna()
        for fields in ["disable", "role&role=user", "end&until=\(SiteDay.today.moved(by: 9).text.replacing("/", with: "-"))"] {
            let answer = try site.post(Self.page, "action=\(fields)&account=anna&form_token=\(token)", headers)
            #expect(answer.status == 409 && answer.text.contains("最后一个可用的管理员"), "\(fields)")
        }
        #expect(try account("anna").role == .admin && account("anna").disabledAt == nil && account("anna").expiresAt == nil)
    }

    @Test func aPasswordIsReset() throws {
        let (headers, token) = try site.anna()
        try add("bob")
        let answer = try site.post(Self.page, "action=reset_password&account=bob&form_token=\(token)", headers)
        let password = try secret(in: answer)
        #expect(try accounts.account(named: "bob", password: password) != nil && accounts.account(named: "bob", password: "battery staple") == nil)
        #expect(!answer.log.contains(password))
    }

    @Test func registrationsAreDecided() throws {
        let (headers, token) = try site.anna()
        for name in ["carl", "dora"] { _ = try accounts.register(AccountName(name)!, password: "battery staple", from: "192.0.2.1", needsApproval: true) }
        let page = try site.ask("GET", "/admin/users.php?in=waiting", headers).text
        #expect(page.contains("<span class=\"count\">2</span>") && page.contains(">carl</p>") && page.contains(">dora</p>") && !page.contains(">anna</p>"))
        let approved = try site.post(Self.page, "action=approve&account=carl&form_token=\(token)", headers)
        #expect(try approved.headers["location"] == "/admin/users.php?account=carl&done=approved" && account("carl").waitingSince == nil)
        let refused = try site.post(Self.page, "action=refuse&account=dora&form_token=\(token)", headers)
        #expect(try refused.headers["location"] == "/admin/users.php?in=waiting&done=refused" && accounts.account(named: "dora") == nil)
    }

    @Test func keysOfOthers() throws {
        let (headers, token) = try site.anna()
        try add("bob")
        try accounts.importToken("0123456789abcdef", number: 7, account: account("bob"), createdAt: 0, expiresAt: nil)
        let form = "action=create_key&account=bob&once=abcdefghijklmnopqrst&name=bobs&scope%5B%5D=upload&form_token=\(token)"
        let key = try secret(in: site.post(Self.page, form, headers))
        let again = try site.post(Self.page, form, headers)
        #expect(again.text.contains("已经创建") && !again.text.contains(key))
        let all = try site.ask("GET", "/admin/users.php?in=keys", headers).text
        #expect(all.contains("编号 7") && all.contains("bobs") && all.contains(String(key.prefix(9)) + "…") && !all.contains(key))
        let ids = try accounts.keys(of: "bob").map(\.id)
        let fromAll = try site.post(Self.page, "action=revoke_key&id=\(ids[0])&form_token=\(token)", headers)
        #expect(fromAll.headers["location"] == "/admin/users.php?in=keys&done=revoked")
        let fromAccount = try site.post(Self.page, "action=revoke_key&id=\(ids[1])&account=bob&form_token=\(token)", headers)
        #expect(fromAccount.headers["location"] == "/admin/users.php?account=bob&done=revoked")
        #expect(try accounts.keyCount(of: account("bob")) == 0)
        #expect(try site.post(Self.page, "action=revoke_key&id=999&form_token=\(token)", headers).status == 404)
    }

    @Test func accountsInPartsAndByName() throws {
        let (headers, _) = try site.anna()
        // (Names by SQL would be faster than 51 slow hashes.)
        try add("zoe")
        let page = try site.ask("GET", "/admin/users.php?q=ZO", headers).text
        #expect(page.contains(">zoe</p>") && !page.contains(">anna</p>") && page.contains("value=\"ZO\""))
        #expect(try site.ask("GET", "/admin/users.php?q=\(Self.hostile)", headers).text.contains("没有这样的账号"))
        #expect(try !site.ask("GET", "/admin/users.php?q=\(Self.hostile)&after=x&done=\(Self.hostile)", headers).text.contains("<script>alert"))
        let rest = try site.ask("GET", "/admin/users.php?after=\(account("anna").id)", headers).text
        #expect(rest.contains(">zoe</p>") && !rest.contains(">anna</p>"))
    }

    private func delete(_ name: String, files: String, _ admin: (headers: [String: String], token: String)) throws -> Answer {
        try site.post(Self.page, "action=delete&account=\(name)&files=\(files)&form_token=\(admin.token)", admin.headers)
    }

    @Test(arguments: ["keep", "recycle"])
    func anAccountIsDeleted(files: String) throws {
        let admin = try site.anna()
        try add("bob")
        let bob = try account("bob")
        let key = try accounts.createKey(of: "bob", name: "bobs", scopes: [.upload]).key
        let (own, foreign) = (try site.keep("own.bmp", owner: bob.id), try site.keep("foreign.bmp", [1, 2, 3]))
        let page = try site.ask("GET", "/admin/users.php?account=bob", admin.headers).text
        #expect(page.contains("不能恢复：1 个密钥和所有登录立即失效") && page.contains("<legend>它的 1 个文件</legend>") && page.contains("移到回收站，30 天后彻底删除"))
        let answer = try delete("bob", files: files, admin)
        let word = files == "keep" ? "deleted" : "deleted_files"
        #expect(answer.status == 303 && answer.headers["location"] == "/admin/users.php?done=\(word)")
        #expect(answer.log.contains("\"administration\":\"account deleted, \(files == "keep" ? 0 : 1) files recycled\",\"account\":\"bob\",\"by\":\"anna\""))
        let list = try site.ask("GET", "/admin/users.php?done=\(word)", admin.headers).text
        #expect(list.contains("账号已删除") && !list.contains(">bob</p>") && list.contains("在回收站") == (files == "recycle"))
        #expect(try accounts.account(named: "bob") == nil && site.upload("/api/v1/upload.php", [1], ["X-API-Key": key]).status == 401)
        #expect(try (site.site.store.file(own.id) == nil) == (files == "recycle") && site.site.store.file(foreign.id) != nil)
        #expect(try site.site.store.leavingCount(of: bob.id) == 0 && site.site.uploads.holds(own.path.text) == (files == "keep"))
        #expect(try delete("bob", files: files, admin).status == 404)
        try add("bob")
        #expect(try site.site.store.numbers(of: account("bob").id).files == 0)
    }

    @Test func whoIsNotDeleted() throws {
        let admin = try site.anna()
        try add("bob", .admin)
        let own = try delete("anna", files: "recycle", admin)
        #expect(own.status == 409 && own.text.contains("自己的账号在“密码和登录”页删除"))
        let page = try site.ask("GET", "/admin/users.php?account=anna", admin.headers).text
        #expect(page.contains("<a href=\"/user/security.php\">自己的账号") && !page.contains("value=\"delete\""))
        #expect(try delete("bob", files: "later", admin).status == 400 && delete("bob", files: "", admin).status == 400)
        #expect(try site.post(Self.page, "action=delete&account=bob&form_token=\(admin.token)", admin.headers).status == 400)
        #expect(try delete("nobody", files: "keep", admin).status == 404 && delete("bob", files: "keep", (admin.headers, "x")).status == 403)
        #expect(try account("bob").disabledAt == nil && account("anna").disabledAt == nil)
    }

    @Test func aFullAccountUploadsNothing() throws {
        let key = try site.key()
        let anna = try account("anna")
        let file = try site.keep("own.bmp", owner: anna.id)
        try accounts.setQuota(Quota(bytes: file.size, files: nil), of: "anna")
        let picture = Array("GIF89a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;".utf8)
        let refused = try site.upload("/api/v1/upload.php", picture, named: "a.gif", ["X-API-Key": key])
        #expect(refused.status == 403 && refused.text.contains("\"error\":\"Quota exceeded\""))
        #expect(refused.text.contains("The account uses \(file.size) of \(file.size) bytes, and the file has \(picture.count); delete some files"))
        try accounts.setQuota(Quota(bytes: nil, files: 1), of: "anna")
        #expect(try site.upload("/api/v1/upload.php", picture, named: "a.gif", ["X-API-Key": key]).text.contains("The account has 1 files, and its limit is 1; delete some"))
        let form = try site.upload("/app/upload.php", picture, as: "file", named: "a.gif", fields: ["sign": "\(Now.seconds)"], ["Cookie": site.session()])
        #expect(form.status == 200 && form.text == "{\"result\":\"failed\",\"code\":403,\"message\":\"账号的文件数已达上限: 已有 1 个, 最多 1 个, 请删除一些文件后重试\"}")
        let (headers, token) = try site.anna()
        let home = try site.upload("/", picture, as: "file", named: "a.gif", fields: ["form_token": token], headers)
        #expect(home.status == 403 && home.text.contains("a.gif") && home.text.contains("账号的文件数已达上限（1/1）"))
        #expect(try site.site.store.numbers(of: anna.id).files == 1)
    }
}
