// The uploads of this browser; most is said by the page's script.

/// Texts of the history page.
public struct HistoryWords: WordGroup {
    public let heading: String
    public let needsScripts: String
    public let empty: String
    /// With the hole `count`.
    public let countOfFiles: Template
    public let remove: String
    public let deleteFile: String
    /// With the hole `name`.
    public let askToDeleteNamed: Template
    public let recycleHelp: String
    public let deleteForGoodHelp: String
    public let recycled: String
    public let deleted: String
    public let notDeleted: String
    public let upload: String
    public let clear: String
    public let askToClear: String
    public let clearHelp: String
    public let unavailable: String

    public static let zhCN = HistoryWords(
        heading: "上传历史", needsScripts: "上传历史保存在您的浏览器中, 需要启用 JavaScript 才能显示。", empty: "没有上传历史",
        countOfFiles: "共 {count} 个文件", remove: "移除", deleteFile: "删除文件",
        askToDeleteNamed: "删除 {name}？", recycleHelp: "它的链接会立即失效。文件移到回收站，管理员可以恢复。", deleteForGoodHelp: "它的链接会立即失效，文件不能恢复。",
        recycled: "已移到回收站", deleted: "已删除", notDeleted: "没有删除。文件可能已经不在了；如果它还在，请稍后再试。", upload: "上传", clear: "清空历史", askToClear: "清空本浏览器中的上传历史？",
        clearHelp: "已上传的文件不会被删除。", unavailable: "浏览器不允许保存数据，无法显示上传历史")
    public static let zhTW = HistoryWords(
        heading: "上傳歷史", needsScripts: "上傳歷史儲存在您的瀏覽器中，需要啟用 JavaScript 才能顯示。", empty: "沒有上傳歷史",
        countOfFiles: "共 {count} 個檔案", remove: "移除", deleteFile: "刪除檔案",
        askToDeleteNamed: "刪除 {name}？", recycleHelp: "它的連結會立即失效。檔案移到資源回收筒，管理員可以復原。", deleteForGoodHelp: "它的連結會立即失效，檔案無法復原。",
        recycled: "已移到資源回收筒", deleted: "已刪除", notDeleted: "沒有刪除。檔案可能已經不在了；如果它還在，請稍後再試。", upload: "上傳", clear: "清空歷史", askToClear: "清空本瀏覽器中的上傳歷史？",
        clearHelp: "已上傳的檔案不會被刪除。", unavailable: "瀏覽器不允許儲存資料，無法顯示上傳歷史")
    public static let en = HistoryWords(
        heading: "Upload history", needsScripts: "The history is kept in your browser, so this page needs JavaScript.",
        empty: "Nothing was uploaded with this browser", countOfFiles: "Files: {count}", remove: "Remove", deleteFile: "Delete file",
        askToDeleteNamed: "Delete {name}?", recycleHelp: "Its links stop working at once. The file goes to the recycle bin, from which administrators can restore it.",
        deleteForGoodHelp: "Its links stop working at once, and the file cannot be restored.", recycled: "Moved to the recycle bin", deleted: "Deleted",
        notDeleted: "Not deleted. The file may be gone already; if it is still there, try again later.", upload: "Upload",
        clear: "Clear history", askToClear: "Clear the history of this browser?", clearHelp: "Uploaded files are not deleted.",
        unavailable: "This browser keeps no data, so there is no history to show")
}
