// What the script of every page says; its property names are the keys of `words` in page.js.

/// Texts of `page.js` and `copy.js`.
public struct CommonWords: WordGroup {
    public let copy: String
    public let copied: String
    /// Where the browser copies nothing by itself.
    public let pressToCopy: String
    public let close: String
    public let cancel: String
    public let offline: String
    public let failed: String
    /// With the hole `seconds`.
    public let retryIn: Template
    public let show: String
    public let hide: String
    public let shortcuts: String
    public let shortcutsOn: String
    public let shortcutSearch: String
    public let shortcutUpload: String
    public let shortcutGallery: String
    public let shortcutHelp: String

    public static let zhCN = CommonWords(
        copy: "复制", copied: "已复制", pressToCopy: "请按 Ctrl+C 复制", close: "关闭", cancel: "取消", offline: "网络断开",
        failed: "没有成功，请再试一次", retryIn: "{seconds} 秒后可以重试", show: "显示", hide: "隐藏", shortcuts: "快捷键",
        shortcutsOn: "使用单键快捷键", shortcutSearch: "搜索", shortcutUpload: "上传", shortcutGallery: "广场", shortcutHelp: "显示这个列表")
    public static let zhTW = CommonWords(
        copy: "複製", copied: "已複製", pressToCopy: "請按 Ctrl+C 複製", close: "關閉", cancel: "取消", offline: "網路中斷",
        failed: "沒有成功，請再試一次", retryIn: "{seconds} 秒後可以重試", show: "顯示", hide: "隱藏", shortcuts: "快速鍵",
        shortcutsOn: "使用單鍵快速鍵", shortcutSearch: "搜尋", shortcutUpload: "上傳", shortcutGallery: "廣場", shortcutHelp: "顯示這個列表")
    public static let en = CommonWords(
        copy: "Copy", copied: "Copied", pressToCopy: "Press Ctrl+C to copy", close: "Close", cancel: "Cancel", offline: "Offline",
        failed: "That did not work, please try again", retryIn: "Try again in {seconds} s", show: "Show", hide: "Hide", shortcuts: "Shortcuts",
        shortcutsOn: "Use single keys", shortcutSearch: "Search", shortcutUpload: "Upload", shortcutGallery: "Gallery",
        shortcutHelp: "Show this list")
}
