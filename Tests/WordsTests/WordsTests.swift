// What all texts have in common, and how a text with holes is filled.

import Settings
import Testing
import Text
@testable import Words

@Suite struct WordsTests {
    private typealias Entry = (group: String, name: String, text: String)

    private func groupEntries(_ language: Language) -> [Entry] {
        Words.of(language).groups.flatMap { group in group.entries.map { ("\(type(of: group))", $0.name, $0.text) } }
    }

    private func entries(_ language: Language) -> [Entry] {
        groupEntries(language) + SettingTexts.of(language).entries.map { ("SettingTexts", $0.name, $0.text) }
    }

    /// EasyImages' own messages, which programs read, have another word; they are not among these.
    @Test func visitorsHaveOneName() {
        #expect(entries(.zhCN).filter { $0.text.contains("游客") }.map(\.name) == [])
        #expect(entries(.zhTW).filter { $0.text.contains("遊客") }.map(\.name) == [])
    }

    @Test func everyGroupIsThere() {
        for language in Language.allCases {
            #expect(Words.of(language).language == language)
            #expect(Words.of(language).groups.count == Mirror(reflecting: Words.of(language)).children.count - 1)
            #expect(entries(language).count > 100)
        }
    }

    /// A property that is neither a text nor a template would be seen by no test.
    @Test func everyPropertyIsAText() {
        for group in Words.of(.en).groups { #expect(Mirror(reflecting: group).children.count == group.entries.count) }
    }

    /// Help that names another setting names one that there is; English alone may leave it to the declaration.
    @Test(arguments: Language.allCases) func everySettingHasItsTexts(language: Language) throws {
        let texts = SettingTexts.of(language)
        #expect(texts.keys == Set(Settings.declarations.map(\.key)))
        for declaration in Settings.declarations {
            let text = try #require(texts.text(of: declaration.key))
            #expect(language == .en || text.help != nil, "\(declaration.key)")
            #expect((text.help ?? "").count { $0 == "`" } % 2 == 0, "\(declaration.key)")
        }
        let words = Settings.declarations.flatMap { declaration -> [String] in
            if case .choice(let words) = declaration.kind { words.map { "\(declaration.key).\($0)" } } else { [] }
        }
        #expect(texts.namedChoices.isSubset(of: words) && texts.namedChoices == SettingTexts.of(.zhCN).namedChoices)
    }

    @Test func noTextIsEmptyOrFramedByBlanks() {
        for language in Language.allCases {
            for entry in entries(language) {
                #expect(!entry.text.isEmpty && entry.text.first != " ", "\(entry)")
                #expect(entry.text.last != " " || entry.name == "separator", "\(entry)")
            }
        }
    }

    @Test func holesAreTheSameInEveryLanguage() {
        let expected = groupEntries(.zhCN).map { Template(stringLiteral: $0.text).holes.sorted() }
        for language in Language.allCases {
            for (entry, holes) in zip(groupEntries(language), expected) {
                #expect(Template(stringLiteral: entry.text).holes.sorted() == holes, "\(entry)")
            }
        }
    }

    @Test func textsForTaiwanHaveItsCharacters() {
        #expect(SimplifiedCharacters.all.count > 2_400)
        for entry in entries(.zhTW) {
            let simplified = entry.text.filter(SimplifiedCharacters.all.contains)
            #expect(simplified.isEmpty, "\(entry): \(simplified)")
        }
    }

    /// Words of the mainland in Taiwan's characters.
    @Test func textsForTaiwanHaveItsWords() {
        let foreign = ["登錄", "文件", "視頻", "鏈接", "密鑰", "默認", "設置", "設備", "服務器", "粘貼", "復制", "搜索", "賬號", "賬戶", "保存", "回收站", "網絡",
                       "信息", "點擊", "程序", "用戶", "刷新", "緩存", "支持", "界面", "查看", "打開", "數據", "日志", "日誌", "退出", "舉報"]
        for entry in entries(.zhTW) {
            #expect(!foreign.contains(where: entry.text.contains), "\(entry)")
        }
    }

    @Test func englishHasNoChinese() {
        for entry in entries(.en) {
            #expect(entry.text.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(entry)")
        }
    }

    @Test(arguments: [
        ("{a} of {b}", "1 of {a}"), ("{b}{b}", "{a}{a}"), ("no hole", "no hole"), ("{c}", "{c}"), ("{", "{"), ("}{a}", "}1"), ("", ""),
    ])
    func aTemplateIsFilledOnce(template: String, expected: String) {
        #expect(Template(stringLiteral: template).filled(["a": "1", "b": "{a}"]) == expected)
    }
}
