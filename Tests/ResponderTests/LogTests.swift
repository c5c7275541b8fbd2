// The pages of logs and statistics: who sees them, what they find, and files for spreadsheet programs.

import Accounts
import MediaStore
import Site
import Testing

@Suite struct LogTests {
    private let site: TestSite
    private static let logs = "/admin/logs.php"
    private static let chart = "/admin/chart.php"

    init() throws { site = try TestSite() }

    private func admin() throws -> [String: String] { try ["Accept": "text/html", "Cookie": site.session()] }

    private func user() throws -> [String: String] {
        try site.site.accounts.add(#require(AccountName("bert")), password: "correct horse", role: .user)
        guard case .welcome(_, let session) = try site.site.accounts.logIn("bert", typed: "correct horse", from: "192.0.2.0", days: 1) else { return [:] }
        return ["Accept": "text/html", "Cookie": "imagebed_session=" + session]
    }

    private func keep(_ name: String, from address: String, owner: Int? = nil, way: String = "web") throws {
        let file = try site.keep(name, Array(name.utf8), owner: owner)
        try site.site.database.run("INSERT INTO upload_record VALUES (?, ?, 1, 'curl/8', ?)", file.id, address, way)
    }

    private func names(_ query: String, _ headers: [String: String]) throws -> [String] {
        let page = try site.ask("GET", "\(Self.logs)?\(query)", headers)
        #expect(page.status == 200)
        return page.text.split(separator: "<p class=\"name\">").dropFirst().map { row in
            String(row.prefix { $0 != "\n" }.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
        }
    }

    @Test(arguments: [logs, chart])
    func administratorsAlone(path: String) throws {
        #expect(try site.ask("GET", path, ["Accept": "text/html"]).headers["location"] == "/user/login.php?back=\(path)")
        #expect(try site.ask("GET", path).status == 401)
        let refused = try site.ask("GET", path, try user())
        #expect(refused.status == 403 && refused.text.contains("没有权限") && !refused.text.contains("/admin/chart.php"))
        let shown = try site.ask("GET", path, try admin())
        #expect(shown.status == 200 && shown.headers["cache-control"] == "no-store")
        #expect(shown.text.contains("class=\"wide\" href=\"/admin/chart.php\" aria-current=\"page\""))
    }

    @Test func uploadsAreFound() throws {
        let headers = try admin()
        let anna = try site.site.accounts.account(named: "anna")?.id
        #expect(try site.ask("GET", Self.logs, headers).text.contains("还没有记录"))
        try keep("假日 one.png", from: "192.0.2.1", owner: anna)
        try keep("two <b>.png", from: "2001:db8::1", way: "12")
        try site.keep("three.png", [3])
        #expect(try names("", headers) == ["three.png", "two &lt;b&gt;.png", "假日 one.png"])
        #expect(try names("by=address&q=2001:DB8:0::1", headers) == ["two &lt;b&gt;.png"] && names("by=address&q=192.0.2.2", headers) == [])
        #expect(try names("by=account&q=Anna", headers) == ["假日 one.png"] && names("by=account&q=nobody", headers) == [])
        #expect(try names("by=name&q=%E5%81%87%E6%97%A5", headers) == ["假日 one.png"] && names("by=x&q=192.0.2.1", headers) == [])
        #expect(try names("q=%E5%81%87%E6%97%A5", headers) == ["假日 one.png"] && names("q=192.0.2.1", headers) == [], "names are searched first")
        #expect(try site.ask("GET", Self.logs, headers).text.contains("<select name=\"by\"><option value=\"name\" selected>"))
        #expect(try site.ask("GET", Self.logs + "?log=login&by=name", headers).text.contains("<select name=\"by\"><option value=\"address\" selected>"))
        #expect(try names("month=2001/01", headers) == [] && names("month=x&before=x", headers).count == 3)
        let page = try site.ask("GET", Self.logs, headers).text
        for text in ["192.0.2.1 · 网页 · curl/8", "2001:db8::1 · 密钥 12 · curl/8", "未记录地址", "访客", "record_senders"] { #expect(page.contains(text), "\(text)") }
    }

    @Test func partsFollowEachOther() throws {
        let headers = try admin()
        for number in 0..<53 { try keep("n\(number).png", from: "192.0.2.1") }
        let first = try site.ask("GET", Self.logs + "?by=address&q=192.0.2.1", headers).text
        let next = try #require(first.split(separator: "<a href=\"").first { $0.contains("rel=\"next\"") }.map { String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&") })
        #expect(try names(String(next.dropFirst(Self.logs.count + 1)), headers) == ["n2.png", "n1.png", "n0.png"])
        #expect(try site.ask("GET", next, headers).text.contains(">最新</a>"))
    }

    @Test func signInsAreLogged() throws {
        let headers = try admin()
        let browser = ["Accept": "text/html", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/128.0", "Sec-Fetch-Site": "same-origin"]
        _ = try site.post("/user/login.php", "user=anna&password=secret-in-the-wrong-place", browser)
        _ = try site.post("/user/login.php", "user=my-password&password=x", browser)
        #expect(try site.post("/user/login.php", "user=anna&password=correct+horse", browser).status == 303)
        for address in ["?log=login", "?login_log"] {
            let page = try site.ask("GET", Self.logs + address, headers).text
            let rows = page.split(separator: "<tr><td>").dropFirst()
            #expect(rows.count == 3 && rows.first?.contains("<td>登录成功</td><td>anna</td><td>192.0.2.7</td><td>Firefox · Linux</td>") == true)
            #expect(rows.dropFirst().allSatisfy { $0.contains("<td>账号或密码错误</td><td>–</td>") })
            #expect(!page.contains("my-password") && !page.contains("secret-in") && page.contains("400 天"))
        }
        #expect(try site.ask("GET", Self.logs + "?log=login&by=account&q=anna", headers).text.split(separator: "<tr><td>").count == 2)
        #expect(try site.ask("GET", Self.logs + "?log=login&q=192.0.2.8", headers).text.contains("没有找到记录"))
    }

    @Test func aFileForSpreadsheets() throws {
        let headers = try admin()
        try keep("=cmd|' C calc'!A0.png", from: "192.0.2.1")
        try keep("two \"quoted\", with a comma.png", from: "192.0.2.2", owner: try site.site.accounts.account(named: "anna")?.id)
        let file = try site.ask("GET", Self.logs + "?format=csv", headers)
        #expect(file.status == 200 && file.headers["content-type"] == "text/csv; charset=utf-8" && file.headers["content-disposition"] == "attachment; filename=\"uploads.csv\"")
        let lines = file.text.split(separator: "\r\n").map(String.init)
        #expect(lines.count == 3 && lines[0].hasPrefix("\u{FEFF}\"时间\",\"原始名称\",\"文件路径\""))
        #expect(lines[1].contains("\"two \"\"quoted\"\", with a comma.png\"") && lines[1].hasSuffix("\"anna\",\"192.0.2.2\",\"curl/8\",\"网页\",\"\""))
        #expect(lines[2].contains(",\"'=cmd|' C calc'!A0.png\","))
        let one = try site.ask("GET", Self.logs + "?format=csv&by=address&q=192.0.2.2", headers).text
        #expect(one.split(separator: "\r\n").count == 2)
        let none = try site.ask("GET", Self.logs + "?log=login&format=csv&month=2001/01", headers)
        #expect(none.text.split(separator: "\r\n").count == 1 && none.headers["content-disposition"] == "attachment; filename=\"sign-ins-2001-01.csv\"")
    }

    @Test func aFileIsWholeWhateverItsLength() throws {
        let headers = try admin()
        try site.site.database.run(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1234)
            INSERT INTO sign_in (tried_at, result, address, user_agent) SELECT 1700000000 + n / 5, 'refused', '192.0.2.' || n, '' FROM number
            """)
        let lines = try site.ask("GET", Self.logs + "?log=login&format=csv", headers).text.split(separator: "\r\n")
        #expect(lines.count == 1_235 && Set(lines).count == 1_235)
    }

    @Test func statistics() throws {
        let headers = try admin()
        let anna = try #require(try site.site.accounts.account(named: "anna"))
        try site.keep("<b>large.png", Array("12345678".utf8), owner: anna.id)
        try site.keep("small.mp4", [1, 2], type: .mp4)
        let key = try site.site.accounts.createKey(of: "anna", name: "PicGo & co", scopes: [.upload])
        try site.site.database.run("UPDATE file SET key_id = ? WHERE size = 2", key.record.id)
        let page = try site.ask("GET", Self.chart, headers).text
        for text in ["<dt>今日</dt><dd>2</dd>", "<dt>昨日</dt><dd>0</dd>", "<dt>总数</dt><dd>2</dd>", "<dt>占用</dt><dd>10 B</dd>", "&lt;b&gt;large.png",
                     "<th scope=\"row\">PicGo &amp; co（anna）</th><td class=\"number\">1</td>", "<th scope=\"row\">网页、导入和其他</th>", "role=\"img\" aria-label=\"上传数: 最高 2\"",
                     "<th scope=\"row\">mp4</th><td class=\"number\">1</td><td class=\"number\">2 B</td>"] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(page.split(separator: "<svg class=\"chart\"").count == 4 && page.split(separator: "<rect ").count == 3 && !page.contains("现在不接收上传"))
        try site.change(["minimum_free_bytes": "1024GB"])
        #expect(try site.ask("GET", Self.chart, headers).text.contains("现在不接收上传"))
    }

    @Test func whatTheDoctorFound() throws {
        let headers = try admin()
        #expect(try site.ask("GET", Self.chart, headers).text.contains("还没有检查过 · <code>sudo imagebed doctor</code>"))
        try Diagnosis.keep([], in: site.site.data)
        #expect(try site.ask("GET", Self.chart, headers).text.contains("检查，没有发现问题 · <code>"))
        try Diagnosis.keep([
            Diagnosis.Notice(.warning, "base_url: it was never set", repair: "imagebed settings set base_url https://YOUR.SITE"),
            Diagnosis.Notice(.problem, "folders: <b>/uploads</b>: it is missing", repair: "imagebed setup --data '/a & b'"),
        ], in: site.site.data)
        let page = try site.ask("GET", Self.chart, headers).text
        let rows = page.split(separator: "<div class=\"notice ").dropFirst().map(String.init)
        #expect(rows.count == 2 && rows[0].hasPrefix("bad\">\n<p><strong>问题</strong> <span lang=\"en\">folders: &lt;b&gt;/uploads&lt;/b&gt;: it is missing</span></p>"))
        #expect(rows[0].contains("<p>处理方法 <span lang=\"en\">imagebed setup --data &#39;/a &amp; b&#39;</span></p>") && rows[1].hasPrefix("warn\">\n<p><strong>警告</strong>"))
        let english = try site.ask("GET", Self.chart + "?lang=en", headers).text
        #expect(english.contains("State of the system</h2>") && english.contains("Examined at ") && english.contains("What to do: "))
        #expect(try site.ask("GET", Self.chart + "?lang=zh-TW", headers).text.contains("系統檢查</h2>"))
    }
}
