// The settings page without a web server: who may use it, what its form carries, and how a refused form comes back.

import Testing

@Suite struct SettingsPageTests {
    private let site: TestSite
    private static let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
    private static let settings = "/admin/settings.php"

    init() throws { site = try TestSite() }

    private func admin() throws -> [String: String] { try Self.browser.merging(["Cookie": site.session()]) { $1 } }

    /// The fields of the page's form that are hidden: the token, and from what it was made.
    private func hidden(_ headers: [String: String], _ address: String = settings) throws -> String {
        let page = try site.ask("GET", address, headers)
        #expect(page.status == 200)
        return try ["form_token", "seen"].map { name in
            try "\(name)=" + #require(page.text.split(separator: "name=\"\(name)\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        }.joined(separator: "&")
    }

    @Test func onlyAdministratorsSeeIt() throws {
        let stranger = try site.ask("GET", Self.settings, Self.browser)
        #expect(stranger.status == 303 && stranger.headers["location"] == "/user/login.php?back=/admin/settings.php")
        #expect(try site.post(Self.settings, "gallery_size=7", Self.browser).status == 401)
        let headers = try admin()
        #expect(try site.ask("GET", Self.settings, headers).text.contains("<h1>设置</h1>"))
        try site.site.database.run("UPDATE account SET role = 'user'")
        #expect(try site.ask("GET", Self.settings, headers).status == 403 && site.post(Self.settings, "gallery_size=7", headers).status == 403)
        #expect(try !site.ask("GET", "/user/index.php", headers).text.contains(Self.settings))
    }

    @Test func formsOfOtherSitesChangeNothing() throws {
        let headers = try admin(), fields = try hidden(headers) + "&gallery_size=7"
        let token = fields.prefix { $0 != "&" }
        for headers in [headers.merging(["Origin": "https://evil.example"]) { $1 }, headers.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }] {
            #expect(try site.post(Self.settings, fields, headers).status == 403)
        }
        #expect(try site.post(Self.settings, String(fields.dropFirst(token.count + 1)), headers).status == 403)
        #expect(try site.post(Self.settings, "\(token)&gallery_size=7", headers).status == 400, "it does not say what it was made from")
        #expect(try site.site.settings.pages.gallerySize != 7)
        let saved = try site.post(Self.settings, fields, headers)
        #expect(saved.status == 303 && saved.headers["location"] == "/admin/settings.php?done=saved&of=1&at=gallery_size#setting-gallery_size")
        #expect(try site.site.settings.pages.gallerySize == 7)
        #expect(saved.log.contains(#""setting":"gallery_size","account":"anna""#) && saved.log.contains(#""new":"7""#))
    }

    /// The browser comes back to where the person was, and the notice stands there, not out of sight at the beginning.
    @Test func theNoticeStandsAtTheSettingThatWasEdited() throws {
        let headers = try admin(), fields = try hidden(headers)
        let saved = try site.post(Self.settings, fields + "&site_name=Mine&gallery_size=7", headers).headers["location"]
        #expect(saved == "/admin/settings.php?done=saved&of=2&at=site_name#setting-site_name", "the first of them")
        let page = try site.ask("GET", "\(Self.settings)?done=saved&of=2&at=site_name", headers).text
        let field = try #require(page.split(separator: "<div class=\"field\" id=\"setting-site_name\"").last?.split(separator: "<div class=\"field\"").first)
        #expect(field.contains("<p class=\"notice ok\" role=\"status\">已保存 2 项"))
        #expect(page.split(separator: "class=\"notice ok\"").count == 2)
        for word in ["", "&at=", "&at=none", "&at=%3Cb%3E"] {
            let page = try site.ask("GET", "\(Self.settings)?done=saved&of=2\(word)", headers).text
            #expect(page.split(separator: "class=\"notice ok\"").count == 2 && page.contains("</h1>\n<p class=\"notice ok\""), "above all")
        }
        let alone = try site.post("\(Self.settings)?key=terms", fields + "&terms=x", headers)
        #expect(alone.headers["location"]?.hasSuffix("&at=terms#setting-terms") == true)
    }

    @Test(arguments: ["watermark_font=/etc/passwd", "watermark_picture=/etc/passwd", "operator_scripts=on"])
    func whatIsOfTheCommandLineStays(field: String) throws {
        let headers = try admin(), fields = try hidden(headers), key = field.prefix { $0 != "=" }
        #expect(!fields.contains("\(key)-"))
        #expect(try site.post(Self.settings, "\(fields)&gallery_size=7&\(field)", headers).status == 403)
        #expect(try site.post(Self.settings, "\(fields).\(key)-00&\(field)", headers).status == 403)
        let settings = try site.site.settings
        #expect(settings.watermark.font.isEmpty && settings.watermark.picture.isEmpty && !settings.operatorTexts.runsScripts && settings.pages.gallerySize != 7)
        #expect(try site.ask("GET", Self.settings, headers).text.contains("imagebed settings set \(key) …"))
    }

    /// All or nothing; and what was entered is not lost.
    @Test func aValueOutOfRangeComesBackWithItsLimit() throws {
        let headers = try admin()
        let refused = try site.post(Self.settings, hidden(headers) + "&gallery_size=1001&site_name=%3Cb%3EMine&image_max_bytes=9ZB&time_zone=Mars/Base", headers)
        #expect(refused.status == 422 && refused.text.contains("有 3 项不能这样填写"))
        for text in ["1 到 1000 的整数", "1KB 到 1GB，例如 50MB", "没有时区 Mars/Base"] {
            #expect(refused.text.contains(text), "\(text)")
        }
        for text in [#"value="1001""#, #"value="&lt;b&gt;Mine""#, #"value="9ZB""#, #"data-was="ImageBed""#, ##"href="#setting-gallery_size""##] {
            #expect(refused.text.contains(text), "\(text)")
        }
        #expect(try site.site.settings.siteName == "ImageBed")
        #expect(try site.post(Self.settings, hidden(headers) + "&address_list=1.2.3.4,here", headers).text.contains("“here”不是地址"))
        let pattern = try site.post(Self.settings, hidden(headers) + "&trusted_proxies=10.*.0.1", headers)
        #expect(pattern.status == 422 && pattern.text.contains("网页服务器无法使用“10.*.0.1”"))
        let folder = try site.post(Self.settings, hidden(headers) + "&uploads_path=/app/i/", headers)
        #expect(folder.status == 422 && folder.text.contains("/app/ 是本站自己的路径，新文件的链接会打不开"))
    }

    @Test(arguments: [
        ("base_url", "https://localhost"), ("trusted_proxies", "192.0.2.1,::1"), ("hsts_seconds", "300"), ("anonymous_retention_days", "30"),
        ("anonymous_retention_files", "100"),
    ])
    func whatMayLockEverybodyOutOrDeletesIsAskedFirst(key: String, value: String) throws {
        try site.change(["trusted_proxies": "127.0.0.1"])
        let headers = try admin(), fields = try hidden(headers) + "&gallery_size=7&\(key)=\(value)"
        let former = ["base_url": "http://localhost", "trusted_proxies": "127.0.0.1", "hsts_seconds": "0"][key]
        let asked = try site.post(Self.settings, fields, headers)
        #expect(asked.status == 422 && asked.text.contains("还没有保存：有 1 项更改") && asked.text.contains("href=\"#setting-\(key)\""))
        #expect(asked.text.contains("name=\"sure\" value=\"\(key)=\(value)\"") && asked.text.contains(" value=\"7\""))
        if let former {
            #expect(asked.text.contains("<code>sudo imagebed settings set \(key) &#39;\(former)&#39;</code>"))
        } else {
            // No command brings files back, and where they go depends.
            #expect(!asked.text.contains("sudo imagebed settings set \(key)") && asked.text.contains("移入回收站；<code>recycle</code> 关闭时彻底删除"))
        }
        #expect(try site.site.settings.pages.gallerySize != 7)
        // What was confirmed is one value, and no other.
        #expect(try site.post(Self.settings, "\(fields)&sure=\(key)%3Dother", headers).status == 422)
        #expect(try site.post(Self.settings, "\(fields)&sure=\(key)%3D\(value)", headers).status == 303)
        #expect(try site.site.settings.pages.gallerySize == 7)
    }

    /// A limit that deletes nothing more is changed without a question, and so is what cannot be.
    @Test(arguments: [
        ("anonymous_retention_days", "1", "0", 303), ("anonymous_retention_days", "7", "30", 303), ("anonymous_retention_days", "30", "7", 422),
        ("anonymous_retention_files", "2", "5", 303), ("anonymous_retention_files", "5", "2", 422), ("anonymous_retention_bytes", "1KB", "1MB", 303),
        ("anonymous_retention_bytes", "1MB", "1023 kb", 422), ("anonymous_retention_bytes", "0", "9GB", 422),
        ("anonymous_retention_bytes", "1MB", "1024KB", 303), ("anonymous_retention_bytes", "1MB", "0", 303),
    ])
    func onlyNarrowerLimitsAreAskedAbout(key: String, former: String, value: String, status: Int) throws {
        try site.change([key: former])
        let headers = try admin(), answer = try site.post(Self.settings, "\(hidden(headers))&\(key)=\(value.replacing(" ", with: "+"))", headers)
        #expect(answer.status == status && answer.text.contains("name=\"sure\"") == (status == 422))
        let refused = try site.post(Self.settings, "\(hidden(headers))&\(key)=abc", headers)
        #expect(refused.status == 422 && !refused.text.contains("name=\"sure\""))
    }

    /// The script asks in a dialog.
    @Test func eachRiskHasItsDialog() throws {
        let page = try site.ask("GET", Self.settings, admin()).text
        let keys = ["base_url", "trusted_proxies", "hsts_seconds", "anonymous_retention_days", "anonymous_retention_files", "anonymous_retention_bytes"]
        for key in keys {
            #expect(page.contains("data-key=\"\(key)\" data-risk=\"risk-\(key)\"\(key.hasPrefix("anonymous") ? " data-limit" : "")>"))
            #expect(page.contains("<dialog id=\"risk-\(key)\""))
        }
        #expect(page.split(separator: "data-risk=").count == keys.count + 1 && !page.contains("name=\"sure\""))
    }

    @Test func whatSomebodyElseChangedIsNotOverwritten() throws {
        let headers = try admin(), fields = try hidden(headers)
        try site.change(["site_name": "Theirs", "gallery_size": "9"])
        // A field that was not touched keeps what others made of it.
        #expect(try site.post(Self.settings, fields + "&site_name=ImageBed&recycle_days=31", headers).status == 303)
        #expect(try site.site.settings.siteName == "Theirs" && site.site.settings.recycleDays == 31)
        let moved = try site.post(Self.settings, fields + "&site_name=Mine&report_url=/me", headers)
        #expect(moved.status == 409 && moved.text.contains("别人刚修改的）：Theirs") && moved.text.contains(#"value="Mine""#))
        #expect(try site.site.settings.siteName == "Theirs" && site.site.settings.pages.reportURL.isEmpty)
        // The page that shows both is made from the new value.
        let again = try ["form_token", "seen"].map { name in
            try "\(name)=" + #require(moved.text.split(separator: "name=\"\(name)\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        }.joined(separator: "&")
        #expect(try site.post(Self.settings, again + "&site_name=Mine&report_url=/me", headers).status == 303)
        #expect(try site.site.settings.siteName == "Mine" && site.site.settings.pages.reportURL == "/me")
        // Who wished the same is not told of it.
        #expect(try site.post(Self.settings, fields + "&gallery_size=9", headers).headers["location"] == "/admin/settings.php?done=saved&of=0")
    }

    /// Browsers send other line ends, and a mark for what HTML cannot hold.
    @Test func whatWasOnlyShownIsNotChanged() throws {
        try site.change(["announcement": "one\ntwo\r\nthree \u{1}", "report_url": "a\nb"])
        let headers = try admin(), fields = try hidden(headers)
        let text = try site.ask("GET", Self.settings, headers).text
        #expect(text.contains(">\none\ntwo\nthree \u{FFFD}</textarea>") && text.contains(">\na\nb</textarea>"))
        let same = try site.post(Self.settings, fields + "&announcement=one%0D%0Atwo%0D%0Athree+%EF%BF%BD&report_url=a%0D%0Ab", headers)
        #expect(same.headers["location"] == "/admin/settings.php?done=saved&of=0")
        #expect(try site.site.settings.operatorTexts.announcement == "one\ntwo\r\nthree \u{1}")
        #expect(try site.post(Self.settings, fields + "&announcement=%0D%0Afour%0D%0A", headers).status == 303)
        #expect(try site.site.settings.operatorTexts.announcement == "\nfour\n")
    }

    @Test func longTextsHaveAPageOfTheirOwn() throws {
        let long = String(repeating: "d41d8cd98f00b204e9800998ecf8427e\n", count: 30_000)
        try site.change(["blocked_md5": long])
        let headers = try admin(), all = try site.ask("GET", Self.settings, headers).text
        #expect(!all.contains("d41d8cd98f00b204e9800998ecf8427e") && all.contains("?key=blocked_md5\""))
        let address = Self.settings + "?key=blocked_md5", fields = try hidden(headers, address)
        #expect(try site.ask("GET", address, headers).text.contains("d41d8cd98f00b204e9800998ecf8427e\n</textarea>"))
        let body = fields.split(separator: "&").map { field in
            let (name, value) = (field.prefix { $0 != "=" }, field.drop { $0 != "=" }.dropFirst())
            return "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }.joined() + "--x\r\nContent-Disposition: form-data; name=\"blocked_md5\"\r\n\r\n" + long.replacing("d4", with: "e4").replacing("\n", with: "\r\n") + "\r\n--x--\r\n"
        let saved = try site.ask("POST", address, headers, type: "multipart/form-data; boundary=x", body: Array(body.utf8))
        #expect(saved.status == 303)
        #expect(try site.site.settings.senders.blockedMD5 == long.replacing("d4", with: "e4"))
    }

    @Test func aWatermarkThatCannotBeDrawnIsRefused() throws {
        try site.change(["watermark_picture": "/nonexistent.png"])
        let headers = try admin(), refused = try site.post(Self.settings, hidden(headers) + "&watermark=picture", headers)
        #expect(refused.status == 422 && refused.text.contains("水印不能使用") && refused.text.contains("watermark_picture"))
        #expect(try site.site.settings.watermark.kind == .off)
    }

    @Test func secretsAreInNoLog() throws {
        let headers = try admin(), saved = try site.post(Self.settings, hidden(headers) + "&hide_key=verysecret", headers)
        #expect(saved.status == 303 && saved.log.contains(#""setting":"hide_key""#) && !saved.log.contains("verysecret"))
    }
}
