import Settings
import Testing

@Suite struct DeclarationTests {
    @Test(arguments: [
        ("site_name", "图床", "图床"), ("base_url", "http://a.org/", "http://a.org"), ("time_zone", "", ""),
        ("time_zone", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("time_zone", "Etc/GMT+8", "Etc/GMT+8"),
        ("image_max_bytes", "1KB", "1KB"), ("image_max_bytes", "104857600", "100MB"), ("video_max_bytes", "100GB", "100GB"),
        ("video_upload", "OFF", "off"), ("video_upload", "1", "on"), ("image_max_side", "100", "100"),
        ("convert_format", "webp", "webp"), ("convert_quality", "100", "100"), ("convert_effort", "6", "6"), ("recycle_days", "0", "0"),
        ("accent", "default", "default"), ("accent", "bluegrey", "bluegrey"), ("default_language", "zh-TW", "zh-TW"),
        ("first_format", "bbcode", "bbcode"), ("registration", "approval", "approval"), ("batch_files", "1000", "1000"),
        ("announcement", "<b>\n中</b>", "<b>\n中</b>"), ("operator_scripts", "on", "on"), ("site_description", "", ""),
        ("picture_urls", "", ""), ("picture_urls", "http://a.org/, https://b.org/x", "http://a.org/, https://b.org/x"),
    ])
    func whatIsTaken(key: String, value: String, kept: String) throws {
        var settings = Settings()
        let declaration = try #require(Settings.declaration(of: key))
        try declaration.read(value, into: &settings)
        #expect(declaration.value(in: settings) == kept)
    }

    @Test(arguments: [
        ("site_name", ""), ("site_name", "a\nb"), ("site_name", "a\0"), ("site_name", String(repeating: "x", count: 301)),
        ("base_url", "localhost"), ("time_zone", "../etc/passwd"), ("time_zone", "/etc/localtime"), ("time_zone", "Europe/"),
        ("time_zone", ":Europe"), ("image_max_bytes", "1023"), ("image_max_bytes", "2GB"), ("image_max_bytes", "big"),
        ("video_max_bytes", "-1"), ("video_upload", "maybe"), ("image_max_pixels", "250000001"), ("image_max_side", "65536"), ("decode_max_pixels", "50000001"),
        ("convert_format", "WEBP"), ("convert_format", "tiff"), ("convert_quality", "0"), ("convert_effort", "7"), ("convert_quality", "80%"),
        ("recycle_days", "-1"), ("recycle_days", "99999999999999999999"),
        ("accent", "pink"), ("default_language", "de"), ("first_format", "rst"), ("registration", "on"), ("batch_files", "0"),
        ("batch_files", "1001"), ("footer_html", String(repeating: "x", count: 20_001)), ("site_keywords", String(repeating: "x", count: 1001)),
        ("picture_urls", "//a.org"), ("picture_urls", "http://a.org,b.org"), ("picture_urls", "http://a.org;http://b.org"),
    ])
    func whatIsRefused(key: String, value: String) throws {
        var settings = Settings()
        let declaration = try #require(Settings.declaration(of: key))
        #expect(throws: SettingError.notAllowed(key: key, value: value, allowed: declaration.kind.allowed)) {
            try declaration.read(value, into: &settings)
        }
        #expect(declaration.value(in: settings) == declaration.initial)
    }
}
