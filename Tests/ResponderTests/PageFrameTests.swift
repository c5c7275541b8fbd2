// What all pages have in common, as the programs send it: language, appearance, policy, errors, the way to the sign-in page and back.

import Paths
import Testing

@Suite struct PageFrameTests {
    private let site: TestSite
    private static let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
    private static let pages = ["/app/list.php", "/app/history.php", "/admin/terms.php", "/user/login.php", "/app/info.php"]

    init() throws { site = try TestSite() }

    @Test(arguments: pages) func everyPageSpeaksThreeLanguages(path: String) throws {
        for (language, home) in [("zh-CN", "首页"), ("zh-TW", "首頁"), ("en", "Upload")] {
            let page = try site.ask("GET", path, ["Accept-Language": language])
            #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\" data-theme=\"auto\" data-accent=\"default\">"))
            #expect(page.text.contains("</svg>\(home)</a>") && page.headers["vary"] == "Accept-Language, Cookie")
            let chosen = try site.ask("GET", path + "?lang=\(language)&theme=dark", ["Accept-Language": "de", "Cookie": "lang=en; theme=light"])
            #expect(chosen.text.contains("<html lang=\"\(language)\" data-theme=\"dark\""))
            #expect(chosen.headers["set-cookie"] == "theme=dark; Max-Age=31536000; Path=/; SameSite=Lax")
        }
    }

    @Test(arguments: pages) func everyPageHasItsPolicy(path: String) throws {
        let page = try site.ask("GET", path)
        let policy = try #require(page.headers["content-security-policy"])
        for part in ["default-src 'none'; script-src 'self'; style-src 'self'; ", "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; ",
                     "require-trusted-types-for 'script'; trusted-types imagebed"] { #expect(policy.contains(part)) }
        #expect(page.headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()")
        #expect(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains(" onclick="))
    }

    @Test(arguments: pages) func hostileQueriesAreText(path: String) throws {
        for name in ["lang", "theme", "back", "date", "search", "img", "history", "x"] {
            for value in ["%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%0D%0ASet-Cookie:%20x=1", "//evil.example", "</title><script>alert(1)</script>"] {
                let page = try site.ask("GET", "\(path)?\(name)=\(value)", Self.browser)
                #expect(!page.text.contains("<script>alert") && !page.text.contains("alert(1)") && !page.text.contains("evil.example"))
                #expect(page.headers["set-cookie"]?.contains("x=1") != true)
            }
        }
    }

    @Test func errorsArePagesForBrowsersAndTextsForOthers() throws {
        let refused = try site.ask("POST", "/app/list.php", Self.browser.merging(["Accept-Language": "en"]) { $1 })
        #expect(refused.status == 405 && refused.headers["allow"] == "GET, HEAD, OPTIONS")
        #expect(refused.text.contains("<h1>This address cannot be opened like this</h1>") && refused.text.contains("<a class=\"button primary\" href=\"/\">"))
        let plain = try site.ask("POST", "/app/list.php")
        #expect(plain.status == 405 && plain.text == "Method not allowed" && plain.headers["content-type"] == "text/plain; charset=utf-8")
        let form = try site.ask("POST", "/user/login.php", Self.browser, type: "application/json", body: Array("{}".utf8))
        #expect(form.status == 400 && form.text.contains("<h1>请求有误</h1>"))
        let large = try site.post("/user/login.php", "user=" + String(repeating: "a", count: 70_000), Self.browser)
        #expect(large.status == 413 && large.text.contains("<h1>内容太大</h1>"))
        let unknown = try site.ask("GET", "/app/info.php?img=/uploads/none.png", Self.browser)
        #expect(unknown.status == 404 && unknown.text.contains("<h1>文件不存在</h1>") && unknown.text.contains("<a class=\"button primary\" href=\"/app/list.php\">"))
    }

    /// A failure of the machine, with a site and without one.
    @Test func whoSeesAnErrorOfTheServerIsToldWhatToDo() throws {
        let variables = ["REQUEST_METHOD": "GET", "SCRIPT_NAME": "/app/list.php", "HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-TW"]
        let answer = try Program.run("app-list", variables, body: [], in: site.folder)
        #expect(answer.status == 500 && answer.text.contains("<h1>伺服器發生錯誤</h1>") && answer.headers["content-type"] == "text/html;charset=utf-8")
        let id = try #require(answer.text.split(separator: "500 · 編號 <code>").dropFirst().first?.prefix { $0 != "<" })
        #expect(answer.log.contains(",\"id\":\"\(id)\"}") && answer.headers["x-request-id"] == String(id))
    }

    /// The settings, which know the prefix, cannot be read; the web server knows it too.
    @Test(arguments: [("/pictures", "/pictures"), ("", ""), ("\"><script>", ""), ("/../x", "")])
    func anErrorWithoutASiteLeadsHome(prefix: String, expected: String) throws {
        let variables = ["REQUEST_METHOD": "GET", "SCRIPT_NAME": "/app/list.php", "HTTP_ACCEPT": "text/html", "IMAGEBED_PREFIX": prefix]
        let page = try Program.run("app-list", variables, body: [], in: site.folder).text
        #expect(page.contains("<a class=\"button primary\" href=\"\(expected)/\">") && page.contains("href=\"\(expected)/assets/"))
        #expect(!page.contains("<script>") && !page.contains(".."))
    }

    /// What no line of the log explains has no number.
    @Test func onlyLoggedErrorsHaveANumber() throws {
        let refused = try site.ask("POST", "/app/list.php", Self.browser)
        #expect(refused.status == 405 && refused.log.isEmpty && !refused.text.contains("class=\"code\""))
    }

    @Test func tooManyRequestsAreToldWhenToComeAgain() throws {
        for _ in 0..<8 { _ = try site.post("/user/login.php", "user=anna&password=x") }
        let page = try site.post("/user/login.php", "user=anna&password=x", ["Accept-Language": "en"])
        #expect(page.status == 429 && page.text.contains("Too many attempts, please try again in \(page.headers["retry-after"] ?? "") seconds"))
    }

    @Test(arguments: [
        ("/app/list.php?date=2025/07/04/", "/app/list.php?date=2025/07/04/"), ("/", "/"), ("//evil.example", "/"), ("/%5Cevil.example", "/"),
        ("https://evil.example/", "/"), ("/x%0D%0ASet-Cookie:a=b", "/"), ("javascript:alert(1)", "/"), ("/a/..//evil.example", "/"),
    ])
    func signingInLeadsBack(back: String, expected: String) throws {
        try site.addAnna()
        let answer = try site.post("/user/login.php", "user=anna&password=correct+horse&back=\(back.replacing("?", with: "%3F"))", Self.browser)
        #expect(answer.status == 303 && answer.headers["location"] == expected && answer.body.isEmpty)
        #expect(answer.headers["set-cookie"]?.hasPrefix("imagebed_session=") == true)
    }

    @Test func theWayBackStandsInTheForm() throws {
        let page = try site.ask("GET", "/user/login.php?back=/app/list.php%3Fdate%3D2025/07/04")
        #expect(page.text.contains("<input type=\"hidden\" name=\"back\" value=\"/app/list.php?date=2025/07/04\">"))
        #expect(try !site.ask("GET", "/user/login.php?back=//evil.example").text.contains("name=\"back\""))
        #expect(try site.ask("GET", "/app/list.php").text.contains("href=\"/user/login.php?back=/app/list.php\""))
    }

    @Test(arguments: [
        ("/uploads/a.jpg", "<figure><img src=\"/uploads/a.jpg\" alt=\"\"></figure>", "img-src 'self' blob:"),
        ("https://pictures.example/a.jpg", "<img src=\"https://pictures.example/a.jpg\"", "img-src * blob:"), ("javascript:alert(1)", "</form>", "img-src 'self' blob:"),
    ])
    func theOperatorsPictureOfTheSignInPage(setting: String, expected: String, policy: String) throws {
        try site.change(["login_picture": setting])
        let page = try site.ask("GET", "/user/login.php")
        #expect(page.text.contains(expected) && page.headers["content-security-policy"]?.contains(policy) == true && !page.text.contains("javascript:"))
    }

    @Test(arguments: ["/user/index.php", "/"]) func aChoiceIsKeptOnTheWayToTheSignInPage(path: String) throws {
        let sent = try site.ask("GET", path + "?lang=en&theme=dark", Self.browser)
        #expect(sent.status == 303 && sent.headers["location"]?.hasPrefix("/user/login.php") == true)
        // Several headers of a name are one here: the last.
        #expect(sent.headers["set-cookie"] == "theme=dark; Max-Age=31536000; Path=/; SameSite=Lax")
        #expect(try site.ask("GET", path + "?lang=en", Self.browser).headers["set-cookie"] == "lang=en; Max-Age=31536000; Path=/; SameSite=Lax")
        #expect(try site.ask("GET", path, Self.browser).headers["set-cookie"] == nil)
    }

    @Test(arguments: [
        ("?search=png&num=5&page=2", "?search=png&amp;num=5&amp;page=2&amp;lang=en"), ("?search=PNG&num=x&page=0", "?search=png&amp;lang=en"),
        ("?page=3", "?page=3&amp;lang=en"), ("", "?lang=en"),
    ])
    func theGallerySpeaksAnotherLanguageOnTheSamePage(query: String, expected: String) throws {
        #expect(try site.ask("GET", "/app/list.php" + query).text.contains("href=\"/app/list.php\(expected)\""))
    }

    @Test func everyPageSpellsTheTokenAnew() throws {
        let cookie = try ["Cookie": site.session()]
        let pages = try (0..<2).map { _ in try site.ask("GET", "/app/history.php", cookie).text }
        let tokens = pages.compactMap { $0.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128) }
        #expect(tokens.count == 2 && tokens[0] != tokens[1])
        #expect(pages[0].contains("<meta name=\"form-token\" content=\"\(tokens[0])\">") && pages[0].contains("退出(anna)"))
        for token in tokens.dropLast() {
            #expect(try site.post("/user/login.php?login=exit", "form_token=\(token)", cookie).text.contains("退出成功"))
        }
    }

    @Test func anAdministratorComesBackAfterADeletion() throws {
        let (file, cookie) = (try site.keep(), try site.session())
        let gallery = try site.ask("GET", "/app/list.php", ["Cookie": cookie]).text
        let token = try #require(gallery.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))
        #expect(gallery.contains("data-ask=\"ask-delete\"") && gallery.contains("<dialog id=\"ask-delete\""))
        func press(_ mode: String, back: String, _ headers: [String: String] = Self.browser) throws -> Answer {
            try site.post("/app/del.php", "mode=\(mode)&url=/uploads/\(file.path.encoded)&form_token=\(token)&back=\(back)",
                          headers.merging(["Cookie": cookie]) { $1 })
        }
        let foreign = try press("recycle", back: "//evil.example")
        #expect(foreign.status == 303 && foreign.headers["location"] == "/")
        let again = try press("recycle", back: "/app/list.php")
        #expect(again.status == 404 && again.text.contains("<h1>没有完成</h1>"))
        #expect(try press("recycle", back: "/app/list.php", [:]).text.contains("\"code\":404"))
        let other = try site.keep("b.png", [UInt8](repeating: 1, count: 100))
        let done = try site.post("/app/del.php", "mode=delete&url=/uploads/\(other.path.encoded)&form_token=\(token)&back=/app/list.php",
                                 Self.browser.merging(["Cookie": cookie]) { $1 })
        #expect(done.status == 303 && done.headers["location"] == "/app/list.php")
    }
}
