// What goes out beside a page's text.

import HTML
import HTTP
import Media
import Pages
import Settings
import Testing

@Suite struct PageFrameTests {
    private var settings: Settings {
        var settings = Settings()
        settings.siteName = "<Site>"
        settings.baseURL = BaseURL("https://img.example.org/pics")!
        return settings
    }

    @Test func headersOfAPage() {
        let response = PageFrame(settings).response("x", content: "<p>y</p>")
        #expect(response.headers["Content-Type"] == "text/html;charset=utf-8")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["Referrer-Policy"] == "same-origin")
        #expect(response.headers["Content-Security-Policy"] == """
            default-src 'none'; img-src 'self' https://img.example.org; \
            media-src 'self' https://img.example.org; script-src 'self'; style-src 'self'; \
            form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """)
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
