import Settings
import Testing

@Suite struct DeclarationsTests {
    @Test func everyValueIsDeclaredOnce() {
        #expect(Set(Settings.declarations.map(\.key)).count == Settings.declarations.count)
        #expect(DeclarationsTests.values(of: Settings()) == Settings.declarations.count)
    }

    @Test func everyGroupHasSettings() throws {
        #expect(Set(Settings.declarations.map(\.group)) == Set(SettingGroup.allCases))
        let expected: [(String, SettingGroup)] = [
            ("hsts_seconds", .site), ("image_max_bytes", .uploads), ("picture_memory", .pictures), ("watermark_position", .watermark),
            ("recycle_days", .storage), ("thumbnail_fit", .thumbnails), ("uploads_path", .names), ("hide_path", .hiding),
            ("download_extensions", .forms), ("record_senders", .senders), ("thumbnails_per_minute", .limits), ("terms", .pages), ("accent", .looks),
            ("operator_scripts", .operatorTexts),
        ]
        for (key, group) in expected { #expect(Settings.declaration(of: key)?.group == group, "\(key)") }
    }

    /// Groups count as what they hold.
    private static func values(of settings: Any) -> Int {
        Mirror(reflecting: settings).children.reduce(0) { sum, child in
            sum + ("\(type(of: child.value))".hasSuffix("Settings") ? values(of: child.value) : 1)
        }
    }

    @Test(arguments: Settings.declarations.map(\.key)) func whatIsPrintedCanBeRead(key: String) throws {
        let declaration = try #require(Settings.declaration(of: key))
        var settings = Settings()
        try declaration.read(declaration.initial, into: &settings)
        #expect(declaration.value(in: settings) == declaration.initial)
    }

    @Test(arguments: Settings.declarations.map(\.key)) func documentationIsOneSentenceThatFitsATable(key: String) throws {
        let declaration = try #require(Settings.declaration(of: key))
        #expect(declaration.documentation.hasSuffix("."))
        #expect(!(declaration.documentation + declaration.kind.allowed).contains { $0 == "|" || $0 == "\n" })
    }
}
