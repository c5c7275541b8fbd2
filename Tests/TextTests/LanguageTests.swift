// Which of the site's languages a reader's tag stands for.

import Testing
import Text

@Suite struct LanguageTests {
    @Test(arguments: [
        ("zh-CN", .zhCN), ("zh", .zhCN), ("ZH-cn", .zhCN), ("zh-Hans", .zhCN), ("zh-SG", .zhCN), ("zh-Hans-TW", .zhCN), ("zh-TW", .zhTW),
        ("zh-hk", .zhTW), ("zh-MO", .zhTW), ("zh-Hant", .zhTW), ("zh-Hant-CN", .zhTW), ("en", .en), ("en-GB", .en), ("de", nil), ("", nil),
        ("-", nil), ("english", nil), ("*", nil), ("<zh>", nil),
    ] as [(String, Language?)])
    func tags(tag: String, expected: Language?) { #expect(Language(tag: tag) == expected) }
}
