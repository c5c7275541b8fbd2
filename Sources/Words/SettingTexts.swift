// What the settings page calls each setting, and what it says of it. Settings are declared in a table and not as properties, so their texts
// are a table too; a test compares the keys of both. In English the declaration's own sentence is the help.

import Text

/// The texts of one setting.
public struct SettingText: Sendable {
    public let key: String
    public let name: String
    /// With `code` in backquotes; nil for the sentence of its declaration, which is English.
    public let help: String?

    init(_ key: String, _ name: String, _ help: String? = nil) { (self.key, self.name, self.help) = (key, name, help) }
}

/// The texts of all settings in one language.
public struct SettingTexts: Sendable {
    private let texts: [String: SettingText]
    /// What the words of choices are called, by "KEY.WORD". Words without an entry are shown as they are.
    private let choices: [String: String]

    init(_ texts: [SettingText], choices: [String: String]) {
        self.texts = Dictionary(uniqueKeysWithValues: texts.map { ($0.key, $0) })
        self.choices = choices
    }

    public static func of(_ language: Language) -> SettingTexts {
        switch language {
        case .zhCN: zhCN
        case .zhTW: zhTW
        case .en: en
        }
    }

    /// nil if there is no setting of this key.
    public func text(of key: String) -> SettingText? { texts[key] }

    /// What an allowed word of a setting is called.
    public func name(of word: String, of key: String) -> String { choices["\(key).\(word)"] ?? word }

    /// The keys of all settings, for tests.
    var keys: Set<String> { Set(texts.keys) }
    /// "KEY.WORD" of all words with names, for tests.
    var namedChoices: Set<String> { Set(choices.keys) }

    /// All texts with names of their own, for tests.
    var entries: [(name: String, text: String)] {
        texts.values.flatMap { text in [("\(text.key).name", text.name)] + (text.help.map { [("\(text.key).help", $0)] } ?? []) }
            .sorted { $0.0 < $1.0 } + choices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
