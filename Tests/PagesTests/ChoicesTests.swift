// Language and appearance, from what a browser sends.

import HTTP
@testable import Pages
import Settings
import Testing
import Text

@Suite struct ChoicesTests {
    private func choices(query: String = "", cookie: String = "", accepts: String = "", account: Language? = nil,
                         base: String = "https://img.example.org/pics") -> Choices {
        var settings = Settings()
        settings.baseURL = BaseURL(base)!
        let parameters = ["QUERY_STRING": query, "HTTP_COOKIE": cookie, "HTTP_ACCEPT_LANGUAGE": accepts]
        return Choices(Request(parameters: parameters, body: NoBody()), settings, account: account)
    }

    private final class NoBody: BodyStream {
        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { 0 }
    }

    @Test func theQueryComesFirstThenTheCookieThenTheAccountThenTheBrowser() {
        #expect(choices(query: "lang=en", cookie: "lang=zh-TW", accepts: "zh-CN", account: .zhCN).language == .en)
        #expect(choices(query: "lang=xx", cookie: "lang=zh-TW", accepts: "en", account: .en).language == .zhTW)
        #expect(choices(cookie: "lang=xx", accepts: "zh-CN", account: .en).language == .en)
        #expect(choices(accepts: "en").language == .en)
        #expect(choices().language == .zhCN)
    }

    @Test func theOperatorSetsWhatReadersDidNotChoose() {
        var settings = Settings()
        (settings.looks.defaultLanguage, settings.looks.offersThemes) = (.traditionalChinese, false)
        func choices(_ cookie: String) -> Choices {
            Choices(Request(parameters: ["HTTP_COOKIE": cookie, "HTTP_ACCEPT_LANGUAGE": "en"], body: NoBody()), settings)
        }
        #expect(choices("").language == .zhTW && choices("lang=en").language == .en && choices("theme=dark").theme == .auto)
    }

    @Test(arguments: [
        ("", .zhCN), ("en-US,en;q=0.9", .en), ("de,en;q=0.5,zh-TW;q=0.8", .zhTW), ("de", .zhCN), ("de,*;q=0.5,en;q=0.1", .zhCN),
        ("zh-TW;q=0,en", .en), ("zh-HK, zh;q=0.9, en;q=0.8", .zhTW), (";;;,,q=", .zhCN),
    ] as [(String, Language)])
    func whatABrowserPrefers(header: String, expected: Language) { #expect(Choices.preferred(in: header) == expected) }

    @Test func aChoiceIsKept() {
        #expect(choices(query: "lang=en&theme=dark").cookies == [
            "lang=en; Max-Age=31536000; Path=/pics/; SameSite=Lax; Secure", "theme=dark; Max-Age=31536000; Path=/pics/; SameSite=Lax; Secure",
        ])
        #expect(choices(query: "theme=auto", base: "http://localhost").cookies == ["theme=auto; Max-Age=31536000; Path=/; SameSite=Lax"])
        #expect(choices(query: "lang=xx&theme=pink", cookie: "lang=en; theme=dark").cookies == [])
        #expect(choices(query: "lang=zh-Hant%0D%0ASet-Cookie:x").cookies.allSatisfy { $0.hasPrefix("lang=zh-CN;") })
    }

    @Test func appearance() {
        #expect(choices().theme == .auto && choices(cookie: "theme=light").theme == .light)
        #expect(choices(query: "theme=dark", cookie: "theme=light").theme == .dark)
        #expect(choices(query: "theme=pink", cookie: "theme=pink").theme == .auto)
    }

    @Test func theOldSwitchIsReadOnce() {
        let first = choices(cookie: "dark-mode=1")
        #expect(first.theme == .dark && first.cookies.count == 1 && first.cookies[0].hasPrefix("theme=dark;"))
        let later = choices(cookie: "dark-mode=1; theme=light")
        #expect(later.theme == .light && later.cookies.isEmpty)
        #expect(choices(cookie: "dark-mode=0").theme == .auto && choices(cookie: "dark-mode=x").cookies.isEmpty)
    }
}
