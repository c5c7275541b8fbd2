// Pages for people, and what pages embed. Every address of a page is asked.

import Accounts
import HTTP
import MediaStore
import Testing
import TestSupport
import Text

@Suite struct PageTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func paths(of executable: String) -> [String] {
        DocumentedPath.all.filter { $0.executable == executable }.map(\.path)
    }

    @Test func theLoginPage() throws {
        for path in paths(of: "admin-index") {
            let page = try site.ask("GET", path)
            #expect(page.status == 200 && page.text.contains("role=\"status\">请登录</p>") && page.text.contains("name=\"password\""))
        }
    }

    @Test func somebodyLogsInAndOut() throws {
        try site.addAnna()
        let page = "/admin/index.php"
        let wrong = try site.post(page, "user=anna&password=wrong")
        #expect(wrong.text.contains("账号或密码错误") && wrong.headers["set-cookie"] == nil && wrong.log.contains("\"login\":\"refused\""))
        let foreign = try site.post(page, "user=anna&password=correct+horse", ["Origin": "https://evil.example"])
        #expect(foreign.status == 403 && foreign.text.contains("登录请求来自其他网站"))
        let welcome = try site.post(page, "user=anna&password=correct+horse")
        #expect(welcome.text.contains("管理员登录成功") && welcome.headers["refresh"] == "2;url=http://localhost/")
        let cookie = try #require(welcome.headers["set-cookie"]?.split(separator: ";").first.map(String.init))
        let greeting = try site.ask("GET", page, ["Cookie": cookie])
        #expect(greeting.text.contains("尊敬的管理员"))
        let token = try #require(greeting.text.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))
        #expect(try site.post(page + "?login=exit", "form_token=x", ["Cookie": cookie]).status == 403)
        #expect(try site.ask("GET", page, ["Cookie": cookie]).text.contains("尊敬的管理员"))
        let out = try site.post("/application/logout.php", "form_token=\(token)", ["Cookie": cookie])
        #expect(out.text.contains("退出成功") && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try site.ask("GET", page, ["Cookie": cookie]).text.contains("登录已过期,请重新登录"))
    }

    @Test func whoGuessesWaitsAndReads() throws {
        let site = try TestSite(["login_captcha": "true"])
        let page = "/admin/index.php"
        #expect(try site.post(page, "user=anna&password=x").text.contains("请填写验证码!"))
        #expect(try site.post(page, "user=anna&password=x&code=abcd").text.contains("验证码错误!"))
        for _ in 0..<3 { _ = try site.post(page, "user=anna&password=x") }
        let wait = try site.post(page, "user=anna&password=x")
        #expect(wait.status == 429 && wait.headers["retry-after"] != nil && wait.text.contains("尝试次数过多"))
    }

    @Test func thePictureOfTheLoginPage() throws {
        for path in paths(of: "app-captcha") {
            let picture = try site.ask("GET", path)
            #expect(picture.headers["content-type"] == "image/png" && picture.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(picture.headers["set-cookie"]?.hasPrefix("imagebed_captcha=") == true)
        }
        let network = try #require(IPAddress("192.0.2.7")).network
        while (try? site.site.accounts.limitChallenges(for: network)) != nil {}
        #expect(try site.ask("GET", "/app/captcha.php").status == 429)
    }

    @Test func theTermsOfUse() throws {
        for path in paths(of: "admin-terms") { #expect(try site.ask("GET", path).text.contains("<p>Terms not set!</p>")) }
    }

    @Test func theHistory() throws {
        for path in paths(of: "app-history") {
            let page = try site.ask("GET", path)
            #expect(page.text.contains("<script type=\"module\" src=\"/assets/history.js\">") && page.text.contains("id=\"history\""))
        }
    }

    @Test func theGallery() throws {
        let file = try site.keep()
        for path in paths(of: "app-list") {
            let page = try site.ask("GET", path)
            #expect(page.text.contains("<p class=\"name\" title=\"\(file.originalName)\">\(file.originalName)</p>") && !page.text.contains("form_token"))
        }
        #expect(try site.ask("GET", "/app/list.php", ["Cookie": site.session()]).text.contains("form_token"))
        try site.change(["public_list": "false"])
        let closed = try site.ask("GET", "/app/list.php").text
        #expect(closed.contains("管理员关闭了预览哦~~") && !closed.contains("</svg>广场"), "nothing leads there")
        #expect(try site.ask("GET", "/app/list.php", ["Cookie": site.session()]).text.contains("</svg>广场 <span class=\"count\""))
    }

    @Test func theDetailsOfAFile() throws {
        let file = try site.keep()
        for path in paths(of: "app-info") {
            let page = try site.ask("GET", "\(path)?img=/uploads/\(file.path.encoded)")
            #expect(page.status == 200 && page.text.contains("<dt>尺寸</dt><dd>4 x 3</dd>") && !page.text.contains("MD5"))
            #expect(try site.ask("GET", path).status == 404)
        }
        let page = try site.ask("GET", "/app/info.php?img=/uploads/\(file.path.encoded)", ["Cookie": site.session()])
        #expect(page.text.contains("<dt>MD5</dt>") && page.text.contains("日志不存在"))
        try site.change(["public_details": "false"])
        #expect(try site.ask("GET", "/app/info.php").headers["location"] == "http://localhost?exif#closed")
    }

    @Test func theDetailsOfAFileThatIsGone() throws {
        let file = try site.keep()
        try site.site.uploads.remove(file.path.text)
        let address = "/app/info.php?img=/uploads/\(file.path.encoded)"
        let texts = ["zh-CN": "未计算，文件已不在磁盘上", "zh-TW": "未計算，檔案已不在磁碟上", "en": "Not computed, the file is missing on the disk"]
        for (language, words) in texts {
            let page = try site.ask("GET", address, ["Cookie": site.session(), "Accept-Language": language])
            #expect(page.status == 200 && page.text.contains("<dt>MD5</dt><dd>\(words)</dd>") && page.text.contains(file.path.name))
        }
        #expect(try site.ask("GET", address).status == 200)
    }

    @Test func aFileIsSaved() throws {
        let file = try site.keep()
        for path in paths(of: "app-down") {
            let answer = try site.ask("GET", "\(path)?dw=/uploads/\(file.path.encoded)")
            #expect(answer.body == Sample.bmp(4, 3) && answer.headers["content-type"] == "image/bmp")
            #expect(answer.headers["content-disposition"]?.contains(file.path.name) == true)
            #expect(try site.ask("GET", path).text == "No file path")
            #expect(try site.ask("GET", path + "?dw=/etc/passwd").text == "Downfile Type Error")
            #expect(try site.ask("GET", path + "?dw=/uploads/2024/none.png").text == "No File")
        }
    }

    @Test func aHiddenPictureIsShown() throws {
        let file = try site.keep()
        for path in paths(of: "app-hide") {
            let answer = try site.ask("GET", "\(path)?key=\(site.site.store.hideToken(of: file))")
            #expect(answer.body == Sample.bmp(4, 3) && answer.headers["content-type"] == "image/bmp")
            let none = try site.ask("GET", "\(path)?key=\(site.site.store.deleteToken(of: file))")
            #expect(none.status == 200 && none.headers["content-type"] == "image/png" && none.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test func theNumbersOfTheSite() throws {
        #expect(try site.ask("GET", "/api/public.php?show=file").status == 403)
        _ = try site.keep()
        try site.change(["public_numbers": "true", "public_numbers_list": "file, today,nonsense"])
        func number(_ name: String) throws -> String { try site.ask("GET", "/api/public.php?show=\(name)").text }
        #expect(try [number("file"), number("today"), number("nonsense"), number("dir")] == ["1", "1", "Array", "没有权限或参数错误!"])
    }
}
