// What can be done with a file, on every page that shows one.

/// Texts of links, buttons and copy boxes of files.
public struct FileWords: WordGroup {
    public let details: String
    public let view: String
    public let download: String
    public let report: String
    public let recycle: String
    public let delete: String
    public let link: String
    public let askToDelete: String
    public let deleteHelp: String

    public static let zhCN = FileWords(
        details: "信息", view: "查看", download: "下载", report: "举报", recycle: "回收", delete: "删除", link: "链接", askToDelete: "删除这个文件？",
        deleteHelp: "回收后可以恢复，删除后不能恢复。")
    public static let zhTW = FileWords(
        details: "資訊", view: "檢視", download: "下載", report: "檢舉", recycle: "回收", delete: "刪除", link: "連結", askToDelete: "刪除這個檔案？",
        deleteHelp: "回收後可以復原，刪除後無法復原。")
    public static let en = FileWords(
        details: "Details", view: "View", download: "Download", report: "Report", recycle: "Recycle", delete: "Delete", link: "Link",
        askToDelete: "Delete this file?", deleteHelp: "A recycled file can be restored, a deleted one cannot.")
}
