// What goes out around a page's content.

import HTML
import HTTP
import Media
@testable import Pages
import Settings
import Site
import Testing
import Text

@Suite struct PageFrameTests {
    private var settings: Settings {
        var settings = Settings()
        settings.siteName = "<Site>"
        settings.baseURL = BaseURL("https://img.example.org/pics")!
        return settings
    }

    private let page = Page("<heading>", at: PageAddress(.gallery, [("date", "2025/07/04"), ("search", "\"><b>")]), content: "<p>x</p>")

    private func text(_ page: Page, _ frame: PageFrame) -> String {
        guard case .bytes(let bytes) = frame.response(page).body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func headersOfAPage() {
        let response = PageFrame(settings).response(page)
        #expect(response.headers["Content-Type"] == "text/html;charset=utf-8")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["Referrer-Policy"] == "same-origin")
        #expect(response.headers["Vary"] == "Accept-Language, Cookie" && response.headers["Set-Cookie"] == nil)
        #expect(response.headers["Cross-Origin-Opener-Policy"] == "same-origin")
        var plain = settings
        plain.baseURL = BaseURL("http://img.example.org")!
        #expect(PageFrame(plain).response(page).headers["Cross-Origin-Opener-Policy"] == nil, "browsers warn about it on plain http")
        #expect(response.headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()")
        #expect(response.headers["Content-Security-Policy"] == """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: https://img.example.org; \
            media-src 'self' blob: https://img.example.org; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
            base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types imagebed
            """)
    }

    private func policy(_ settings: Settings, _ page: Page) -> String {
        PageFrame(settings).response(page).headers["Content-Security-Policy"] ?? ""
    }

    @Test func linksOfBrowsersMayLeadAnywhere() {
        var page = page
        page.pictures = .all
        #expect(policy(settings, page).contains("style-src 'self'; img-src * blob: data:; media-src * blob: data:;"))
    }

    @Test func operatorsHTMLMayShowMore() {
        var (settings, page) = (settings, page)
        settings.operatorTexts.bannerTop = "<b>banner</b>"
        #expect(!text(page, PageFrame(settings)).contains("banner") && policy(settings, page) == policy(self.settings, page))
        page.publicPage = .gallery
        #expect(text(page, PageFrame(settings)).contains("<main id=\"main\">\n<b>banner</b>\n<h1>"))
        #expect(policy(settings, page).contains("script-src 'self'; style-src 'self' 'unsafe-inline'; img-src * blob: data:;"))
        settings.operatorTexts.runsScripts = true
        #expect(policy(settings, page).contains("script-src 'self' 'unsafe-inline' https:;") && !policy(settings, page).contains("trusted-types"))
    }

    @Test func whatTheOperatorSaysOfTheSite() {
        var (settings, page) = (settings, page)
        (settings.siteDescription, settings.siteKeywords) = ("\"><script>", "a, b")
        #expect(!text(page, PageFrame(settings)).contains("keywords"))
        page.publicPage = .gallery
        let head = text(page, PageFrame(settings))
        #expect(head.contains("<meta name=\"description\" content=\"&quot;&gt;&lt;script&gt;\">\n<meta name=\"keywords\" content=\"a, b\">"))
        settings.looks.accent = .red
        #expect(text(page, PageFrame(settings)).contains(" data-accent=\"red\">"))
        (settings.looks.offersThemes, settings.looks.linksHistory) = (false, false)
        let plain = text(page, PageFrame(settings))
        #expect(!plain.contains("theme=dark") && !plain.contains("history.php"))
    }

    @Test func messagesAndFormsStandInABox() {
        var page = page
        page.layout = .message
        #expect(text(page, PageFrame(settings)).contains("<div class=\"lost\">\n<svg class=\"icon\" width=\"144\" height=\"144\" aria-hidden=\"true\"><use href=\"/pics/assets/icons.svg#lost\"></use></svg>\n<h1>"))
        page.layout = .missingFile
        #expect(text(page, PageFrame(settings)).contains("<div class=\"lost\">\n<img src=\"/pics/404.png\" alt=\"\" width=\"274\" height=\"141\">\n<h1>"))
        page.layout = .form
        #expect(text(page, PageFrame(settings)).contains("<div class=\"signin\">\n<h1>&lt;heading&gt;</h1>\n<p>x</p>\n</div>\n</main>"))
    }

    @Test func afterTooManyTriesAPageWaits() {
        var page = page
        #expect(!text(page, PageFrame(settings)).contains("data-retry"))
        page.retryAfter = 60
        #expect(text(page, PageFrame(settings)).contains("<main id=\"main\" data-retry=\"60\">"))
        #expect(PageFrame(settings).response(page, status: .tooManyRequests).headers["Retry-After"] == "60")
    }

    @Test func namesAreText() {
        let text = text(page, PageFrame(settings))
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\" data-theme=\"auto\" data-accent=\"default\">"))
        #expect(text.contains("<title>&lt;heading&gt; - &lt;Site&gt;</title>") && text.contains("<h1>&lt;heading&gt;</h1>\n<p>x</p>"))
        #expect(text.contains("href=\"/pics/app/list.php?date=2025/07/04&amp;search=%22%3E%3Cb%3E&amp;lang=en\""))
        #expect(!text.contains("<Site>") && !text.contains("<heading>") && !text.contains("<b>"))
    }

    @Test func orderOfTheBody() {
        let text = text(page, PageFrame(settings))
        let parts = ["<a class=\"skip\" href=\"#main\">", "<header class=\"bar\">", "<nav class=\"site\"", "<main id=\"main\">", "<h1>", "<footer>",
                     "<div id=\"toasts\" role=\"status\" aria-live=\"polite\">"]
        let places = parts.compactMap { text.firstRange(of: $0)?.lowerBound }
        #expect(places.count == parts.count && places == places.sorted())
    }

    @Test func termsAreLinkedWhereThereAreSome() {
        var settings = settings
        settings.pages.terms = ""
        #expect(!text(page, PageFrame(settings)).contains("/admin/terms.php"))
        settings.pages.terms = "<p>terms</p>"
        #expect(text(page, PageFrame(settings)).contains("<a href=\"/pics/admin/terms.php\">条款</a>\n<a href=\"/pics/api.php\">API</a>"))
    }

    @Test func linksToOtherLanguages() {
        let text = text(page, PageFrame(settings))
        let address = "https://img.example.org/pics/app/list.php?date=2025/07/04&amp;search=%22%3E%3Cb%3E"
        #expect(text.contains("<link rel=\"canonical\" href=\"\(address)\">"))
        for tag in ["zh-CN", "zh-TW", "en"] {
            #expect(text.contains("<link rel=\"alternate\" hreflang=\"\(tag)\" href=\"\(address)&amp;lang=\(tag)\">"))
        }
        let answer = self.text(Page("x", at: nil, content: ""), PageFrame(settings))
        #expect(!answer.contains("hreflang") && answer.contains("<meta name=\"robots\" content=\"noindex\">"))
    }

    @Test func theBarTellsWhereSomebodyIs() {
        let text = text(page, PageFrame(settings))
        #expect(text.contains("<a href=\"/pics/app/list.php\" aria-current=\"page\"><svg"))
        #expect(text.contains("<a href=\"/pics/\"><svg") && text.contains("登录</a>") && !text.contains("form_token"))
        let back = "/pics/user/login.php?back=/pics/app/list.php%3Fdate%3D2025/07/04%26search%3D%2522%253E%253Cb%253E"
        #expect(text.contains("<a class=\"end\" href=\"\(back)\">"))
    }

    @Test func whoIsSignedInCanSignOut() {
        let text = text(page, PageFrame(settings, for: Visitor("<anna>", isAdmin: false, formToken: "token\"")))
        #expect(text.contains("退出(&lt;anna&gt;)") && !text.contains("登录</a>"))
        #expect(text.contains("<form method=\"post\" action=\"/pics/user/login.php?login=exit\">\n<input type=\"hidden\" name=\"form_token\" value=\"token&quot;\">"))
        #expect(text.contains("<meta name=\"form-token\" content=\"token&quot;\">"))
    }

    @Test(arguments: [(412, "412 次上传"), (nil, "没有上传日志")] as [(Int?, String)])
    func anAdministratorIsToldOfTheDefaultToken(uses: Int?, words: String) {
        let token = DefaultToken("1c17b11693cb5ec63859b091c5b9c1b2", uses: uses, lastUse: uses.map { _ in 1_751_336_100 })
        let text = text(page, PageFrame(settings, for: Visitor("anna", isAdmin: true, formToken: "t", undecidedToken: token)))
        #expect(text.contains("id=\"notice\"") && text.contains("1c17b11693cb5ec63859b091c5b9c1b2") && text.contains(words))
        #expect(text.contains("--default-token keep-until") && text.contains("notice.js"))
        #expect(!self.text(page, PageFrame(settings, for: Visitor("anna", isAdmin: true, formToken: "t"))).contains("id=\"notice\""))
    }

    @Test func scriptsAreModulesWithTheirWords() {
        var page = page
        let frame = PageFrame(settings)
        (page.modules, page.scriptWords) = (["history.js"], [frame.words.history])
        let text = text(page, frame)
        for name in ["page.js", "history.js"] {
            #expect(text.contains("<link rel=\"modulepreload\" href=\"/pics/assets/\(name)\">"))
            #expect(text.contains("<script type=\"module\" src=\"/pics/assets/\(name)\"></script>"))
        }
        #expect(text.contains("<script type=\"application/json\" id=\"words\">{\"copy\":\"复制\","))
        #expect(text.contains("\"countOfFiles\":\"共 {count} 个文件\""))
    }

    @Test func noTextEndsAScript() {
        let hostile = "</script><!--<script>&\u{2028}\"\\"
        let text = Markup(json: .object([(hostile, .string(hostile))])).text
        #expect(!text.contains("<") && !text.contains(">") && !text.contains("&") && !text.contains("\u{2028}"))
    }

    @Test(arguments: [(nil, "/p/assets/"), ("", "/p/assets/"), ("0123abcd", "/p/assets/0123abcd/"), ("0123ABCD", "/p/assets/"), ("../../xx", "/p/assets/"),
                      ("0123abcde", "/p/assets/")] as [(String?, String)])
    func addressesOfAssets(digest: String?, folder: String) {
        #expect(Assets(prefix: "/p", digest: digest).address("site.css") == folder + "site.css")
    }

    @Test(arguments: [
        ("", "https://img.example.org/pics/i/2025/07/04/%E5%81%87%20%26.jpg"),
        ("https://a.example, https://b.example/x", "https://a.example/i/2025/07/04/%E5%81%87%20%26.jpg"),
        ("nonsense", "https://img.example.org/pics/i/2025/07/04/%E5%81%87%20%26.jpg"),
    ])
    func addressesOfPictures(bases: String, expected: String) throws {
        var settings = settings
        settings.naming.uploadsPath = "/i/"
        settings.naming.pictureURLs = bases
        let path = try #require(StoredPath("2025/07/04/假 &.jpg"))
        #expect(PictureLinks(settings).picture(path) == expected)
        #expect(PictureLinks(settings).details(path) == "/pics/app/info.php?img=/i/2025/07/04/%E5%81%87%20%26.jpg")
        settings.hiding.hidesPath = true
        #expect(PictureLinks(settings).picture(path) == expected.replacing("/i/", with: "/"))
    }

    @Test(arguments: [
        ("", nil), ("https://r.example/form", "https://r.example/form?Website1=https://img.example.org/pics/uploads/a.jpg"),
        ("abuse@example.org", "mailto:abuse@example.org"), ("javascript:alert(1)", nil),
    ])
    func whereAFileIsReported(setting: String, expected: String?) {
        var settings = settings
        settings.pages.reportURL = setting
        #expect(PictureLinks(settings).report(StoredPath("a.jpg")!)?.text == expected)
    }
}
