// What the settings page's script says; its property names are the keys of `words` in settings.js.

/// Texts of `settings.js`.
public struct SettingsScriptWords: WordGroup {
    public let changes: Template
    public let noChanges: String
    public let leave: String
    public let found: Template
    public let nothingFound: String

    public static let zhCN = SettingsScriptWords(
        changes: "{count} 项更改", noChanges: "没有更改", leave: "还有没保存的更改", found: "找到 {count} 项", nothingFound: "没有找到设置")
    public static let zhTW = SettingsScriptWords(
        changes: "{count} 項更改", noChanges: "沒有更改", leave: "還有沒儲存的更改", found: "找到 {count} 項", nothingFound: "沒有找到設定")
    public static let en = SettingsScriptWords(
        changes: "Changes: {count}", noChanges: "No changes", leave: "There are changes that are not saved", found: "{count} found", nothingFound: "No setting found")
}
