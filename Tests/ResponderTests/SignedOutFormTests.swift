// A form of a page whose session ended before it was sent, by browsers without scripts: what was entered is there after signing in.

import Testing

@Suite struct SignedOutFormTests {
    private let site: TestSite
    private static let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Origin": "http://localhost"]
    private static let account = "/user/index.php"
    private static let key = "action=create_key&once=abcdefghijklmnopqrst&name=%E7%85%A7+%3Cb%3E%22%26&scope%5B%5D=upload&scope%5B%5D=read&form_token=old"

    init() throws {
        site = try TestSite()
        try site.addAnna()
    }

    /// The values of hidden fields, as a browser reads them.
    private func value(_ name: String, in page: Answer) throws -> String {
        let written = try #require(page.text.split(separator: "name=\"\(name)\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        return String(written).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }

    private func encoded(_ text: String) -> String {
        text.utf8.map { byte in "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    private func signIn(_ fields: String, password: String = "correct+horse") throws -> Answer {
        try site.post("/user/login.php", "user=anna&password=\(password)&\(fields)", Self.browser)
    }

    @Test func whatWasEnteredIsSentAfterSigningIn() throws {
        let asked = try site.post(Self.account, Self.key, Self.browser)
        #expect(asked.status == 401 && asked.text.contains("刚才填写的内容还在") && !asked.text.contains("old"))
        let fields = "back=\(Self.account)&kept=\(encoded(try value("kept", in: asked)))"
        let wrong = try signIn(fields, password: "wrong")
        #expect(try wrong.text.contains("账号或密码错误") && value("kept", in: wrong) == value("kept", in: asked))
        let waiting = try signIn(fields)
        #expect(waiting.status == 200 && waiting.text.contains("<form class=\"actions\" method=\"post\" action=\"\(Self.account)\">"))
        #expect(waiting.text.contains("name=\"name\" value=\"照 &lt;b&gt;&quot;&amp;\"") && waiting.text.contains("退出(anna)"))
        #expect(waiting.text.split(separator: "name=\"scope[]\"").count == 3)
        let cookie = try #require(waiting.headers["set-cookie"]?.split(separator: ";").first.map(String.init))
        let token = try value("form_token", in: waiting)
        let form = Self.key.replacing("form_token=old", with: "form_token=\(token)")
        let made = try site.post(Self.account, form, ["Accept": "text/html", "Cookie": cookie])
        #expect(try made.status == 200 && made.text.contains("密钥只显示这一次") && site.site.accounts.keys().first?.name == "照 <b>\"&")
    }

    @Test(arguments: [
        ("/user/security.php", "action=change_password&user=anna&current=secret-one&new=secret-two"),
        ("/user/security.php", "action=delete_account&user=anna&password=secret-one"), ("/user/index.php", "action=settings&client=curl&key=ib_secret"),
        ("/user/index.php", "action=rename_key&id=1&name=" + String(repeating: "secret", count: 3_000)),
    ])
    func passwordsKeysAndLongTextsAreNotKept(path: String, form: String) throws {
        let asked = try site.post(path, form, Self.browser)
        #expect(asked.status == 401 && asked.text.contains("登录后请重新填写") && !asked.text.contains("secret") && !asked.text.contains("name=\"kept\""))
        let done = try signIn("back=\(path)&kept=\(encoded(form))")
        #expect(done.status == 303 && done.headers["location"] == path)
    }

    /// Nobody signs in to send what another site wrote.
    @Test(arguments: [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"], ["Origin": "null"], [:]])
    func formsOfOtherSitesAreNotKept(headers: [String: String]) throws {
        let asked = try site.post(Self.account, Self.key, headers.merging(["Accept": "text/html"]) { $1 })
        #expect(asked.status == 401 && !asked.text.contains("name=\"kept\""))
        #expect(try !site.ask("GET", "/user/login.php?back=\(Self.account)&kept=\(encoded(Self.key))", Self.browser).text.contains("kept"))
    }

    @Test func theFormStaysOnThisSite() throws {
        let waiting = try signIn("back=//evil.example&kept=action%3Dx%26back%3D%252F%252Fevil.example")
        #expect(waiting.text.contains("method=\"post\" action=\"/\">") && waiting.text.contains("<a class=\"button\" href=\"/\">"))
    }

    @Test func aButtonOfTheGalleryWaitsToo() throws {
        let file = try site.keep()
        let form = "mode=recycle&url=/uploads/\(file.path.encoded)&back=/app/list.php"
        let asked = try site.post("/app/del.php", form, Self.browser)
        #expect(try asked.status == 401 && value("back", in: asked) == "/app/del.php")
        let waiting = try signIn("back=/app/del.php&kept=\(encoded(try value("kept", in: asked)))")
        #expect(waiting.text.contains("href=\"/app/list.php\""))
        let cookie = try #require(waiting.headers["set-cookie"]?.split(separator: ";").first.map(String.init))
        let done = try site.post("/app/del.php", form + "&form_token=\(try value("form_token", in: waiting))", ["Accept": "text/html", "Cookie": cookie])
        #expect(done.status == 303 && done.headers["location"] == "/app/list.php")
        #expect(try site.post("/app/del.php", form).text == "Permission denied")
    }

    @Test func anUploadWithoutScriptsSignsInFirst() throws {
        let asked = try site.upload("/", [1, 2, 3], as: "file", Self.browser)
        #expect(asked.status == 303 && asked.headers["location"] == "/user/login.php")
    }
}
