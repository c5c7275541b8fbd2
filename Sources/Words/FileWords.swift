// What can be done with a file, on every page that shows one.

/// Texts of links, buttons and copy boxes of files.
public struct FileWords: WordGroup {
    public let details: String
    public let view: String
    public let download: String
    public let report: String
    public let recycle: String
    public let delete: String
    public let deleteForGood: String
    public let link: String
    public let askToDelete: String
    public let deleteHelp: String
    public let notDone: String
    public let notDoneHelp: String
    public let back: String

    public static let zhCN = FileWords(
        details: "信息", view: "查看", download: "下载", report: "举报", recycle: "回收", delete: "删除", deleteForGood: "彻底删除", link: "链接", askToDelete: "彻底删除这个文件？",
        deleteHelp: "彻底删除后不能恢复，回收的文件可以恢复。", notDone: "没有完成",
        notDoneHelp: "文件可能已经不在了。如果它还在，请再试一次；日志里有原因。", back: "返回")
    public static let zhTW = FileWords(
        details: "資訊", view: "檢視", download: "下載", report: "檢舉", recycle: "回收", delete: "刪除", deleteForGood: "永久刪除", link: "連結", askToDelete: "永久刪除這個檔案？",
        deleteHelp: "永久刪除後無法復原，回收的檔案可以復原。", notDone: "沒有完成",
        notDoneHelp: "檔案可能已經不在了。如果它還在，請再試一次；記錄裡有原因。", back: "返回")
    public static let en = FileWords(
        details: "Details", view: "View", download: "Download", report: "Report", recycle: "Recycle", delete: "Delete", deleteForGood: "Delete for good", link: "Link",
        askToDelete: "Delete this file for good?", deleteHelp: "A recycled file can be restored, a deleted one cannot.", notDone: "Not done",
        notDoneHelp: "The file may be gone already. If it is still there, try again; the log has the reason.", back: "Back")
}
