import Settings
import Testing

/// Each declaration violated, and each way of a text to be another one.
@Suite struct WebValuesTests {
    static let usual = WebValues(Settings())

    @Test func whatIsWrittenIsRead() throws {
        var settings = Settings()
        settings.imageMaxBytes = 70 * ByteCount.megabyte
        settings.naming.uploadsPath = "/i/a.b-c_d/"
        settings.hiding.hidesPath = true
        settings.thumbnails.fit = .stretch
        settings.siteName = "图床 \"a\" <b>; @c@ $d"
        settings.senders.trustedProxies = "127.0.0.1,::1\n172.18.*.*; include x"
        let values = WebValues(settings)
        let read = try WebValues(reading: Array(values.text.utf8))
        #expect(read == values)
        #expect(read.settings.largestBody == 71 * ByteCount.megabyte && read.settings.naming.uploadsPath == "/i/a.b-c_d/")
        #expect(read.settings.hiding.hidesPath && read.settings.thumbnails.fit == .stretch)
        #expect(read.settings.senders.trustedProxies == settings.senders.trustedProxies)
        #expect(read.settings.siteName == "图床 \"a\" <b>; @c@ $d" && values.text.contains("\nhsts_seconds 0\n"))
    }

    /// Text may hold what means something to a web server, and none of it is in the file.
    @Test func textIsWrittenInDigits() {
        #expect(WebValuesTests.usual.lines.first == "site_name 496d616765426564")
    }

    @Test func theirNamesAreTheSettingsOfTheWebServer() {
        #expect(Set(WebValuesTests.usual.lines.map { $0.prefix { $0 != " " } }) == Set(Settings.keysOfTheWebServer.map { $0[...] }))
    }

    @Test(arguments: [
        ("image_max_bytes 50MB", "image_max_bytes 1000GB"), ("image_max_bytes 50MB", "image_max_bytes 51200KB"),
        ("image_max_bytes 50MB", "image_max_bytes -1"), ("image_max_bytes 50MB", "image_max_bytes 50MB "), ("image_max_bytes 50MB", "image_max_bytes"),
        ("video_upload on", "video_upload yes"), ("thumbnail_width 258", "thumbnail_width 0258"), ("thumbnail_width 258", "thumbnail_width 99999"),
        ("thumbnail_height 258", "thumbnail_height 2.58"), ("thumbnail_fit crop", "thumbnail_fit Crop"), ("hide_path off", "hide_path "),
        ("uploads_path /uploads/", "uploads_path /../"), ("uploads_path /uploads/", "uploads_path /i"), ("uploads_path /uploads/", "uploads_path /i//"),
        ("site_name 496d616765426564", "site_name ImageBed"), ("site_name 496d616765426564", "site_name 496D616765426564"),
        ("site_name 496d616765426564", "site_name 496d61676542656"), ("site_name 496d616765426564", "site_name "),
        ("site_name 496d616765426564", "site_name 0a"), ("site_name 496d616765426564", "site_name ff"),
        ("site_name 496d616765426564", "site_name \(String(repeating: "41", count: 301))"),
        ("uploads_path /uploads/", "uploads_path /i/ /j/"), ("uploads_path /uploads/", "uploads_path /\(String(repeating: "x", count: 100))/"),
    ])
    func valuesThatTheirDeclarationsRefuse(former: String, new: String) {
        let name = former.prefix { $0 != " " }
        let error = #expect(throws: WebValuesError.self) { try WebValues(reading: WebValuesTests.text(former, new)) }
        #expect(error?.description.hasPrefix("\(name) is not ") == true)
    }

    @Test(arguments: [
        "/i;/", "/i{/", "/i}/", "/\"/", "/'/", "/$uri/", "/i\t/", "/i\r/", "/i\0/", "/i\\/", "/ü/", "/#/", "/@x@/", "/%{x}/", "/*/", "/~/", "/(?!)/",
    ])
    func charactersThatMeanSomethingToAWebServer(path: String) {
        #expect(throws: WebValuesError.notLines) {
            try WebValues(reading: WebValuesTests.text("uploads_path /uploads/", "uploads_path \(path)"))
        }
    }

    @Test func otherLines() {
        let text = WebValuesTests.usual.text
        let (twice, missing) = (text + "hide_path on\n", text.split(separator: "\n").dropLast().map { $0 + "\n" }.joined())
        for other in [twice, text + "site_name x\n", text + "\n", " \n" + text, text + "include /etc/passwd\n"] {
            #expect(throws: WebValuesError.notDeclared) { try WebValues(reading: Array(other.utf8)) }
        }
        #expect(throws: WebValuesError.self) { try WebValues(reading: Array(missing.utf8)) }
        for half in [String(text.dropLast()), "", "\u{feff}" + text] {
            #expect(throws: WebValuesError.notLines) { try WebValues(reading: Array(half.utf8)) }
        }
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: WebValues.limit + 1)
        #expect(throws: WebValuesError.tooLarge) { try WebValues(reading: bytes) }
    }

    private static func text(_ former: String, _ new: String) -> [UInt8] {
        Array(usual.text.split(separator: "\n").map { ($0 == former ? new : String($0)) + "\n" }.joined().utf8)
    }
}
