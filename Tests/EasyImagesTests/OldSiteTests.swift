import EasyImages
import Settings
import Testing
import Text

@Suite struct OldSettingTests {
    @Test func all115() throws {
        #expect(OldSetting.all.count == 115)
        let sample = try PHPArrayFile(SampleInstall.bytes("config/config.php")).array
        #expect(Set(sample.items.map(\.key.description)) == Set(OldSetting.all.map(\.key)))
    }

    @Test func kindsAreThoseOfTheSample() throws {
        let sample = try PHPArrayFile(SampleInstall.bytes("config/config.php")).array
        for setting in OldSetting.all {
            let value = try #require(sample[ByteText(setting.key)])
            #expect((value.array != nil) == (setting.kind == .list))
            #expect(setting.kind != .integer || value.number != nil, "\(setting.key)")
        }
    }

    @Test func everySettingOfOursIsThereAndTakenOnce() throws {
        let taken = try OldConfig(PHPArrayFile(SampleInstall.bytes("config/config.php")).array).settings(root: "/old")
        #expect(Set(taken.map(\.key)).count == taken.count)
        for each in taken { #expect(Settings.declaration(of: each.key) != nil) }
    }
}

@Suite struct OldConfigTests {
    private func taken(_ items: [(ByteText, PHPValue)]) -> [String: OldConfig.Taken] {
        let config = OldConfig(PHPArray(items))
        return Dictionary(uniqueKeysWithValues: (config.settings(root: "/old") + config.addresses()).map { ($0.key, $0) })
    }

    @Test("Values as they go over", arguments: [
        ("mustLogin", 1, "anonymous_upload", "off"), ("mustLogin", "0", "anonymous_upload", "on"),
        ("apiStatus", "1", "token_upload", "on"), ("allowed", 1, "forms_take_videos", "off"),
        ("allowed", 0, "forms_take_videos", "on"), ("imgConvert", "webp", "convert_format", "webp"),
        ("imgConvert", "", "convert_format", "off"), ("imgName", "default", "name_style", "short"),
        ("imgName", "snowflake", "name_style", "snowflake"), ("imgName", "nonsense", "name_style", "short"),
        ("thumbnail", 0, "thumbnail_mode", "original"), ("thumbnail", 2, "thumbnail_mode", "upload"),
        ("thumbnail", 3, "thumbnail_mode", "ondemand"), ("maxSize", 5_242_880, "image_max_bytes", "5MB"),
        ("maxSize", "5242880", "video_max_bytes", "5MB"), ("watermark", 2, "watermark", "picture"),
        ("textFont", "/public/a.ttf", "watermark_font", "/old/public/a.ttf"), ("path", "img/up", "uploads_path", "/img/up/"),
        ("storage_path", "Y-m", "folder_format", "Y-m/"), ("storage_path", "", "folder_format", ""),
        ("timezone", "", "time_zone", "Asia/Shanghai"), ("image_recycl", 0, "recycle", "off"),
        ("check_ip_list", "10.0.0.1, 192.0.2.*", "address_list", "10.0.0.1, 192.0.2.*"), ("chunks", 0, "chunk_bytes", "0"),
        ("domain", "http://a.test/x/", "base_url", "http://a.test/x"), ("tips", "<b>1</b>\n2", "announcement", "<b>1</b>\n2"),
        ("notice_status", 1, "notice_shown", "on"), ("keywords", "a,b", "site_keywords", "a,b"), ("theme", "bluegrey", "accent", "bluegrey"),
        ("theme", "pink", "accent", "default"), ("upload_first_show", 2, "first_format", "bbcode"),
        ("upload_first_show", "6", "first_format", "delete"), ("upload_first_show", 9, "first_format", "link"),
        ("language", 0, "default_language", "auto"), ("language", "1", "default_language", "zh-TW"), ("dark-mode", 0, "theme_switch", "off"),
        ("history", 1, "history_link", "on"), ("file_manage", 0, "files_page", "off"), ("chart_on", 1, "statistics_page", "on"),
        ("show_admin_inc", 0, "settings_page", "off"), ("info_rand_pic", 0, "random_pictures", "off"), ("login_bg", "../app/bing.php", "login_picture", "/app/bing.php"),
        ("login_bg", "https://a.test/a.jpg", "login_picture", "https://a.test/a.jpg"), ("customize", "<style></style>", "head_html", "<style></style>"),
        ("footer", "<script>1</script>", "footer_html", "<script>1</script>"), ("maxUploadFiles", 200, "batch_files", "200"),
        ("ad_top_info", "<i>top</i>", "banner_top", ""),
    ] as [(String, PHPValue, String, String)])
    func values(_ key: String, _ value: PHPValue, _ ours: String, _ expected: String) {
        let found = taken([(ByteText(key), value)])[ours]
        #expect(found?.value == expected && found?.from == key)
    }

    @Test("Values that ours cannot have", arguments: [
        ("thumbnail_w", 9999, "thumbnail_width", "2048"), ("compress_ratio", 0, "convert_quality", "1"),
        ("maxSize", -1, "image_max_bytes", "1KB"), ("listNumber", "many", "gallery_size", "20"),
        ("title", "two\nlines", "site_name", "ImageBed"), ("timezone", "No zone", "time_zone", ""),
        ("domain", "ftp://a", "base_url", "http://localhost"), ("path", "/../x/", "uploads_path", "/uploads/"),
        ("hide_key", .text(ByteText([0xFF])), "hide_key", ""), ("maxUploadFiles", 0, "batch_files", "1"),
        ("footer", PHPValue(String(repeating: "x", count: 20_001)), "footer_html", ""), ("check_ip_list", 1234, "address_list", ""),
        ("check_ip_list", "10.0.0.1,everybody, 192.0.2.*,2001:db8::/32", "address_list", "10.0.0.1,192.0.2.*,2001:db8::/32"),
        ("check_ip_list", PHPValue(String(repeating: "::1,", count: 4001)), "address_list", String(String(repeating: "::1,", count: 4000).dropLast())),
    ] as [(String, PHPValue, String, String)])
    func adjustments(_ key: String, _ value: PHPValue, _ ours: String, _ expected: String) {
        let found = taken([(ByteText(key), value)])[ours]
        #expect(found?.value == expected)
        #expect(found?.adjustment != nil)
    }

    @Test func whatIsLeftOutOfAListIsNamed() {
        func told(_ list: String) -> String? { taken([("check_ip_list", PHPValue(list))])["address_list"]?.adjustment }
        #expect(told("10.0.0.1,everybody,10.*") == #"no address, network or pattern, and left out: "everybody", "10.*""#)
        let many = (1...25).map { "x\($0)" }.joined(separator: ",")
        #expect(told(many)?.hasSuffix(#""x19", "x20" and 5 more"#) == true)
        #expect(told(String(repeating: "::1,", count: 4002)) == "left out are the last 2, for it takes 4000")
        #expect(told("10.0.0.1") == nil && told("") == nil)
    }

    @Test func bannersAreTakenWhileTheyAreSwitchedOn() throws {
        let (shown, hidden): ([(ByteText, PHPValue)], [(ByteText, PHPValue)]) = (
            [("ad_top", 1), ("ad_top_info", "<i>top</i>"), ("ad_bot", "1"), ("ad_bot_info", "<i>bottom</i>")],
            [("ad_top", 0), ("ad_top_info", "<i>top</i>")])
        #expect(taken(shown)["banner_top"]?.value == "<i>top</i>" && taken(shown)["banner_bottom"]?.value == "<i>bottom</i>")
        #expect(taken(hidden)["banner_top"]?.value == "" && taken(hidden)["banner_top"]?.adjustment == nil)
        func given(_ items: [(ByteText, PHPValue)], banner: String) -> PHPArray {
            var ours = taken(items).mapValues(\.value)
            ours["banner_top"] = banner
            return OldConfig(PHPArray(items)).updated(root: "/old") { ours[$0] ?? "" }.array
        }
        #expect(given(hidden, banner: "") == PHPArray(hidden))
        #expect(given(hidden, banner: "<b>new</b>") == PHPArray([("ad_top", 1), ("ad_top_info", "<b>new</b>")]))
        // What is not shown any more stays in the file.
        let off = given(shown, banner: "")
        #expect(off["ad_top"] == 0 && off["ad_top_info"] == "<i>top</i>" && off["ad_bot"] == "1")
    }

    // K 40
    @Test func whatIsMissingIsOffOrEmpty() {
        let found = taken([])
        #expect(found["token_upload"]?.value == "off" && found["anonymous_upload"]?.value == "on")
        #expect(found["name_with_token_id"]?.value == "off" && found["recycle"]?.value == "off")
        #expect(found["folder_format"]?.value == "Y/m/d/" && found["time_zone"]?.value == "Asia/Shanghai")
        #expect(found["image_max_bytes"]?.value == "50MB" && found["watermark_color"]?.value == "rgba(255,0,0,1)")
    }

    @Test func pictureAddressesAreOursUnlessTheyDiffer() {
        #expect(taken([("domain", "http://a.test"), ("imgurl", "http://a.test")])["picture_urls"]?.value == "")
        #expect(taken([("domain", "http://a.test"), ("imgurl", "http://b.test,http://c.test")])["picture_urls"]?.value
                == "http://b.test,http://c.test")
        let some = taken([("domain", "http://a.test"), ("imgurl", "http://b.test/ , cdn.test,//d.test,http://e.test/x")])["picture_urls"]
        #expect(some?.value == "http://b.test/,http://e.test/x" && some?.adjustment?.contains("cdn.test") == true)
        #expect(taken([("domain", "http://a.test"), ("imgurl", "//cdn.test")])["picture_urls"]?.value == "")
    }

    /// PHP may know a zone that this machine does not; the import takes this machine's own then, which has no name there.
    @Test(arguments: ["Mars/Olympus", "No zone", "asia/shanghai", ""])
    func aTimeZoneThatIsUnknownHereComesBackAsItWas(_ zone: String) {
        let config = OldConfig(PHPArray([("timezone", PHPValue(zone))]))
        var ours = Dictionary(uniqueKeysWithValues: (config.settings(root: "/old") + config.addresses()).map { ($0.key, $0.value) })
        ours["time_zone"] = ""
        let (array, changed) = config.updated(root: "/old") { ours[$0] ?? "" }
        #expect(array["timezone"] == PHPValue(zone) && !changed.contains("timezone"))
        ours["time_zone"] = "Europe/Berlin"
        #expect(config.updated(root: "/old") { ours[$0] ?? "" }.array["timezone"] == "Europe/Berlin")
    }

    @Test func nothingChangesOnTheWayBackThatDidNotChangeHere() throws {
        let file = try PHPArrayFile(SampleInstall.bytes("config/config.php"))
        let config = OldConfig(file.array)
        var ours = Dictionary(uniqueKeysWithValues: (config.settings(root: "/old") + config.addresses()).map { ($0.key, $0.value) })
        #expect(config.updated(root: "/old") { ours[$0] ?? "" }.changed == [])
        #expect(config.updated(root: "/old") { ours[$0] ?? "" }.array == file.array)
        ours["image_max_bytes"] = "7MB"
        ours["anonymous_upload"] = "off"
        ours["thumbnail_mode"] = "upload"
        ours["public_numbers_list"] = "today,month"
        ours["watermark_picture"] = "/old/public/new.png"
        ours["name_style"] = "short"
        ours["convert_format"] = "webp"
        ours["base_url"] = "https://new.test"
        let (array, changed) = config.updated(root: "/old") { ours[$0] ?? "" }
        #expect(changed == ["mustLogin", "maxSize", "waterImg", "thumbnail", "imgConvert", "public_list", "domain", "imgurl"])
        #expect(array["maxSize"] == 7_340_032 && array["mustLogin"] == 1 && array["thumbnail"] == 2)
        #expect(array["public_list"]?.array?.items.map(\.value) == ["today", "month"])
        #expect(array["waterImg"] == "/public/new.png" && array["imgConvert"] == "webp")
        #expect(array["domain"] == "https://new.test" && array["imgurl"] == "https://new.test")
        #expect(array.items.map(\.key) == file.array.items.map(\.key))
    }
}

@Suite struct OldAccessTests {
    @Test func sampleTokensAndUploaders() throws {
        let tokens = try OldToken.all(PHPArrayFile(SampleInstall.bytes("config/api_key.php")).array)
        #expect(tokens.map(\.id) == [0, 1, 2])
        #expect(tokens.map(\.expiresAt) == [4_116_536_100, 1_751_249_700, 4_116_536_100])
        #expect(tokens.allSatisfy { $0.canMatch && $0.addedAt == 1_751_336_100 })
        let uploaders = try OldAccount.uploaders(PHPArrayFile(SampleInstall.bytes("config/config.guest.php")).array)
        #expect(uploaders.map(\.name) == ["anna", "小明"])
    }

    @Test func listsOfBefore254HaveNoExpiry() {
        let tokens = OldToken.all(PHPArray([("0", "abc"), ("3", "d-e")]))
        #expect(tokens.map(\.id) == [0, 3] && tokens.map(\.text) == ["abc", "d-e"] && tokens.allSatisfy { $0.expiresAt == nil })
        #expect(tokens.map(\.canMatch) == [true, false])
    }

    @Test func passwordsOfTheMD5Era() {
        let old = OldAccount.admin(of: OldConfig(PHPArray([("user", "admin"), ("password", "5f4dcc3b5aa765d61d8327deb882cf99")])))
        #expect(old.hasMD5Password && old.isAdmin)
    }
}

@Suite struct ManualTests {
    @Test func theManualSaysWhatBecomesOfEachSetting() {
        let rows = SampleInstall.bytes("../../../docs/easyimages.md").split(separator: UInt8(ascii: "\n"))
        for setting in OldSetting.all {
            guard case .settings(let rule) = setting.use else { continue }
            let row = "| `\(setting.key)` | \(rule.keys.map { "`\($0)`" }.joined(separator: ", ")) |"
            let isThere = rows.contains { $0.starts(with: row.utf8) }
            #expect(isThere, "docs/easyimages.md lacks \(row)")
        }
    }
}
