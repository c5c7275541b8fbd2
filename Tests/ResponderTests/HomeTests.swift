// The upload page, and its form as browsers send it without scripts.

import Glibc
import TestSupport
import Testing

@Suite struct HomeTests {
    private let site: TestSite
    private static let own = ["Sec-Fetch-Site": "same-origin", "Accept": "text/html"]

    init() throws { site = try TestSite(["anonymous_upload": "true", "batch_files": "3"]) }

    /// Sends files in one form, with text fields before them.
    private func send(_ files: [(name: String, bytes: [UInt8])], fields: [(String, String)] = [], _ headers: [String: String] = own) throws -> Answer {
        var body: [UInt8] = []
        for (field, value) in fields { body += Array("--x\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8) }
        for file in files {
            body += Array("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n\r\n".utf8) + file.bytes + [13, 10]
        }
        return try site.ask("POST", "/", headers, type: "multipart/form-data; boundary=x", body: body + Array("--x--\r\n".utf8))
    }

    private func files() throws -> Int { try site.site.store.numbers(hours: 0).files }

    /// The lines of a text box.
    private func lines(_ page: Answer, _ format: String) -> [String] {
        guard let panel = page.text.split(separator: "id=\"format-\(format)\"").dropFirst().first,
              let box = panel.split(separator: "<textarea").dropFirst().first?.split(separator: "</textarea>").first else { return [] }
        return box.drop { $0 != ">" }.dropFirst().split(separator: "\n").map(String.init)
    }

    @Test func thePageTellsItsLimitsBefore() throws {
        try site.change(["image_max_bytes": "5MB", "video_max_bytes": "1GB"])
        let page = try site.ask("GET", "/")
        #expect(page.status == 200 && page.text.contains("<h1>上传图片和视频</h1>"))
        #expect(page.text.contains("图片 ≤ 5 MB，视频 ≤ 1 GB，一次最多 3 个 · jpg png gif webp bmp svg avif heic tiff ico tga · mp4 mov m4v webm mkv avi wmv"))
        #expect(page.text.contains("accept=\".jpg,.jpeg,.jfif,.jpe,.png,") && page.text.contains("data-image-bytes=\"5242880\""))
        #expect(page.text.contains("<script type=\"module\" src=\"/assets/upload.js\">") && page.text.contains("\"wrongType\":\"不支持的格式："))
        #expect(page.text.contains("id=\"results\" hidden") && page.text.contains("<a href=\"/\" aria-current=\"page\">"))
        try site.change(["video_upload": "false", "show_delete_links": "false"])
        let pictures = try site.ask("GET", "/", ["Accept-Language": "en"])
        #expect(!pictures.text.contains(".mp4") && pictures.text.contains("pictures ≤ 5 MB, at most 3 at a time") && pictures.text.contains("data-videos=\"\""))
        #expect(!pictures.text.contains("tab-delete"))
    }

    @Test func whoMayNotUploadSignsInFirst() throws {
        try site.change(["anonymous_upload": "false"])
        for method in ["GET", "POST"] {
            let answer = try site.ask(method, "/", Self.own, type: "multipart/form-data; boundary=x")
            #expect(answer.status == 303 && answer.headers["location"] == "/user/login.php")
        }
        #expect(try site.ask("GET", "/", ["Cookie": site.session()]).text.contains("name=\"form_token\""))
        #expect(try files() == 0)
    }

    @Test func severalFilesAreStored() throws {
        let page = try send([("a.bmp", Sample.bmp(4, 3)), ("", []), ("假日 [1].bmp", Sample.bmp(5, 3))])
        #expect(page.status == 200 && page.text.contains("id=\"results\">") && !page.text.contains("role=\"alert\""))
        let addresses = lines(page, "link")
        #expect(addresses.count == 2 && addresses.allSatisfy { $0.hasPrefix("http://localhost/uploads/") && $0.hasSuffix(".bmp") })
        #expect(lines(page, "markdown").last == "![假日 \\[1\\].bmp](\(addresses[1]))" && lines(page, "bbcode").first == "[img]\(addresses[0])[/img]")
        #expect(lines(page, "html").last?.contains("alt=&quot;假日 [1].bmp&quot;&gt;") == true)
        #expect(lines(page, "delete").count == 2 && lines(page, "thumbnail").allSatisfy { $0.contains("/app/thumb.php?img=/uploads/") })
        #expect(try files() == 2)
    }

    @Test func eachRefusalIsNamedBesideItsFile() throws {
        try site.change(["image_max_bytes": "1KB", "video_max_bytes": "2KB"])
        let page = try send([("good.bmp", Sample.bmp(4, 3)), ("<b>.txt", Array("text".utf8)), ("large.bmp", Sample.bmp(40, 30))])
        #expect(page.status == 200 && lines(page, "link").count == 1 && page.text.contains("role=\"alert\""))
        #expect(page.text.contains("<p>&lt;b&gt;.txt：不支持的格式：可以上传 jpg png "))
        #expect(page.text.contains("<p>large.bmp：文件太大：") && page.text.contains("，最多 2 KB</p>"))
        let none = try send([("empty.bmp", [])], Self.own.merging(["Accept-Language": "en"]) { $1 })
        #expect(none.status == 400 && none.text.contains("<p>empty.bmp: The file is empty</p>") && none.text.contains("id=\"results\" hidden"))
        #expect(try send([("", [])]).text.contains("没有选择文件"))
    }

    private func once(_ page: Answer) throws -> (String, String) {
        ("once", try String(#require(page.text.split(separator: "name=\"once\" value=\"").dropFirst().first?.prefix { $0 != "\"" })))
    }

    /// A reload of the answer sends the form again.
    @Test func aFormThatIsSentAgainStoresNothing() throws {
        try site.change(["daily_upload_limit": "2"])
        let page = try once(site.ask("GET", "/"))
        let form = [("a.bmp", Sample.bmp(4, 3)), ("b.bmp", Sample.bmp(5, 3))]
        let first = try send(form, fields: [page])
        for _ in 0..<2 {
            let again = try send(form, fields: [page])
            #expect(again.status == 200 && lines(again, "link") == lines(first, "link") && lines(again, "delete") == lines(first, "delete"))
            #expect(!again.text.contains("role=\"alert\""))
        }
        #expect(try files() == 2 && once(first).1 != page.1)
    }

    @Test func aFormThatIsSentWithOtherFilesStoresThem() throws {
        let page = try once(site.ask("GET", "/"))
        let sent = try [[("a.bmp", Sample.bmp(4, 3))], [("a.bmp", Sample.bmp(5, 3))], [("b.bmp", Sample.bmp(4, 3))]].map { lines(try send($0, fields: [page]), "link") }
        #expect(try Set(sent.joined()).count == 3 && files() == 3)
        let another = try once(site.ask("GET", "/"))
        for fields in [[another], [], [("once", "short")], [("once", String(repeating: "x", count: 65))]] {
            _ = try send([("a.bmp", Sample.bmp(4, 3))], fields: fields)
        }
        #expect(try files() == 7)
    }

    @Test func whatWasDeletedMeanwhileIsToldSo() throws {
        let page = try once(site.ask("GET", "/"))
        let link = try #require(lines(send([("a.bmp", Sample.bmp(4, 3))], fields: [page]), "delete").first)
        _ = try site.ask("GET", String(link.dropFirst("http://localhost".count)))
        let again = try send([("a.bmp", Sample.bmp(4, 3))], fields: [page])
        #expect(again.status == 410 && again.text.contains("<p>a.bmp：上传后已被删除</p>") && lines(again, "link").isEmpty)
    }

    @Test func whatWasThereBeforeIsToldSo() throws {
        try site.change(["deduplicate": "true"])
        let headers = try Self.own.merging(["Cookie": site.session()]) { $1 }
        let first = try send([("a.bmp", Sample.bmp(4, 3))], headers)
        let again = try send([("b.bmp", Sample.bmp(4, 3))], headers)
        #expect(!first.text.contains("已经上传过</p>") && again.text.contains("<div class=\"notice\" role=\"status\">\n<p>b.bmp：已经上传过</p>"))
        #expect(try lines(again, "link") == lines(first, "link") && files() == 1)
    }

    @Test func filesBeyondTheLimitAreTold() throws {
        let page = try send((1...5).map { ("\($0).bmp", Sample.bmp($0, 3)) })
        #expect(lines(page, "link").count == 3 && page.text.contains("<p>一次最多 3 个文件，其余的没有加入</p>"))
        #expect(try files() == 3)
    }

    @Test func onlyOwnFormsAreTaken() throws {
        let file = [("a.bmp", Sample.bmp(4, 3))]
        for headers in [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"]] {
            #expect(try send(file, headers).status == 403)
        }
        let cookie = try site.session()
        #expect(try send(file, ["Cookie": cookie]).status == 403)
        #expect(try send(file, fields: [("form_token", "x")], ["Cookie": cookie]).status == 403)
        #expect(try files() == 0)
        let token = try #require(site.ask("GET", "/", ["Cookie": cookie]).text.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))
        #expect(try send(file, fields: [("form_token", String(token))], ["Cookie": cookie]).status == 200)
        // Shared by the operating system: no page sent it.
        #expect(try send(file, ["Cookie": cookie, "Sec-Fetch-Site": "none"]).status == 200)
        #expect(try files() == 2)
    }

    @Test func theOperatorsRulesHoldHereToo() throws {
        try site.change(["daily_upload_limit": "1"])
        let page = try send([("a.bmp", Sample.bmp(4, 3)), ("b.bmp", Sample.bmp(5, 3))])
        #expect(lines(page, "link").count == 1 && page.text.contains("<p>b.bmp：今天的上传数量已用完（每天 1 个）</p>"))
    }

    @Test func whatIsNoFormIsRefused() throws {
        for type in ["", "application/json", "multipart/form-data"] {
            #expect(try site.ask("POST", "/", Self.own, type: type, body: Array("{}".utf8)).status == 400)
        }
    }

    @Test func theOperatorsTextsAreShown() throws {
        try site.change(["announcement": "<b>Hello</b>", "notice": "<i>Note</i>", "notice_shown": "false"])
        let page = try site.ask("GET", "/")
        #expect(page.text.contains("</h1>\n<div class=\"notice\">\n<b>Hello</b>\n</div>\n") && !page.text.contains("Note"))
        #expect(page.headers["content-security-policy"]?.contains("style-src 'self' 'unsafe-inline'") == true)
        #expect(!page.text.contains("notice.js"))
    }

    /// Without scripts the notice stands on the page; notice.js shows it once in a session of the browser.
    @Test func theOperatorsNoticeIsADialog() throws {
        func dialog(_ notice: String) throws -> String {
            try site.change(["notice": notice, "notice_shown": "true"])
            let page = try site.ask("GET", "/").text
            #expect(page.contains("<h2 id=\"notice-heading\">公告</h2>\n<div class=\"content\">\n\(notice)\n</div>"))
            #expect(page.contains("<script type=\"module\" src=\"/assets/notice.js\"></script>"))
            return try String(#require(page.split(separator: "<dialog class=\"inline\" id=\"notice\"").last?.prefix { $0 != ">" }))
        }
        let (first, second, third) = (try dialog("<i>Note</i>"), try dialog("<i>Another</i>"), try dialog("<i>Note</i>"))
        #expect(first.hasSuffix(" open") && first != second && first == third)
    }
}
