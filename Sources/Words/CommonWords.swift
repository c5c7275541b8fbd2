// What the scripts of every page say.

/// Texts of `page.js` and `copy.js`.
public struct CommonWords: WordGroup {
    public let copy: String
    public let copied: String
    /// Where the browser copies nothing by itself.
    public let pressToCopy: String
    public let close: String
    public let cancel: String
    public let loading: String
    public let offline: String
    public let online: String
    public let failed: String

    public static let zhCN = CommonWords(
        copy: "复制", copied: "已复制", pressToCopy: "请按 Ctrl+C 复制", close: "关闭", cancel: "取消", loading: "正在加载…", offline: "网络断开",
        online: "网络已恢复", failed: "没有成功，请再试一次")
    public static let zhTW = CommonWords(
        copy: "複製", copied: "已複製", pressToCopy: "請按 Ctrl+C 複製", close: "關閉", cancel: "取消", loading: "正在載入…", offline: "網路中斷",
        online: "網路已恢復", failed: "沒有成功，請再試一次")
    public static let en = CommonWords(
        copy: "Copy", copied: "Copied", pressToCopy: "Press Ctrl+C to copy", close: "Close", cancel: "Cancel", loading: "Loading…",
        offline: "Offline", online: "Online again", failed: "That did not work, please try again")
}
