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
    public let full: String
    /// Before a link to the account's files.
    public let signedIn: String
    public let removeChosen: String
    public let removed: Template
    public let countFound: Template
    public let more: String
    public let save: String
    public let load: String
    public let saveHelp: String
    /// With the holes `added`, `known` and `refused`.
    public let read: Template
    public let readUntilFull: Template
    public let noHistory: String
    public let tooLarge: Template
    public let tooMany: Template

    public static let zhCN = HistoryWords(
        heading: "上传历史", needsScripts: "上传历史保存在您的浏览器中, 需要启用 JavaScript 才能显示。", empty: "没有上传历史",
        countOfFiles: "共 {count} 个文件", remove: "移除", deleteFile: "删除文件",
        askToDeleteNamed: "删除 {name}？", recycleHelp: "它的链接会立即失效。文件移到回收站，管理员可以恢复。", deleteForGoodHelp: "它的链接会立即失效，文件不能恢复。",
        recycled: "已移到回收站", deleted: "已删除", notDeleted: "没有删除。文件可能已经不在了；如果它还在，请稍后再试。", upload: "上传", clear: "清空历史", askToClear: "清空本浏览器中的上传历史？",
        clearHelp: "已上传的文件不会被删除。", unavailable: "浏览器不允许保存数据，无法显示上传历史。上传不受影响。",
        full: "浏览器为本站保存的数据已满：新上传的文件不会记入历史，上传不受影响。请移除一些记录。", signedIn: "登录后上传的文件，在每台设备上都能找到：",
        removeChosen: "从列表移除", removed: "已从列表移除：{count} 个，文件没有删除", countFound: "找到 {count} 个文件", more: "显示更多", save: "导出", load: "导入",
        saveHelp: "导出的文件里有删除链接，请妥善保管。", read: "导入了 {added} 个，已经有的 {known} 个，无效的 {refused} 个",
        readUntilFull: "浏览器为本站保存的数据已满：只导入了 {added} 个。请先移除一些记录。", noHistory: "这不是从上传历史导出的文件",
        tooLarge: "文件太大：{size}，最多 {limit}", tooMany: "文件里有 {count} 条记录，最多 {limit} 条")
    public static let zhTW = HistoryWords(
        heading: "上傳歷史", needsScripts: "上傳歷史儲存在您的瀏覽器中，需要啟用 JavaScript 才能顯示。", empty: "沒有上傳歷史",
        countOfFiles: "共 {count} 個檔案", remove: "移除", deleteFile: "刪除檔案",
        askToDeleteNamed: "刪除 {name}？", recycleHelp: "它的連結會立即失效。檔案移到資源回收筒，管理員可以復原。", deleteForGoodHelp: "它的連結會立即失效，檔案無法復原。",
        recycled: "已移到資源回收筒", deleted: "已刪除", notDeleted: "沒有刪除。檔案可能已經不在了；如果它還在，請稍後再試。", upload: "上傳", clear: "清空歷史", askToClear: "清空本瀏覽器中的上傳歷史？",
        clearHelp: "已上傳的檔案不會被刪除。", unavailable: "瀏覽器不允許儲存資料，無法顯示上傳歷史。上傳不受影響。",
        full: "瀏覽器為本站儲存的資料已滿：新上傳的檔案不會記入歷史，上傳不受影響。請移除一些記錄。", signedIn: "登入後上傳的檔案，在每台裝置上都能找到：",
        removeChosen: "從列表移除", removed: "已從列表移除：{count} 個，檔案沒有刪除", countFound: "找到 {count} 個檔案", more: "顯示更多", save: "匯出", load: "匯入",
        saveHelp: "匯出的檔案裡有刪除連結，請妥善保管。", read: "匯入了 {added} 個，已經有的 {known} 個，無效的 {refused} 個",
        readUntilFull: "瀏覽器為本站儲存的資料已滿：只匯入了 {added} 個。請先移除一些記錄。", noHistory: "這不是從上傳歷史匯出的檔案",
        tooLarge: "檔案太大：{size}，最多 {limit}", tooMany: "檔案裡有 {count} 筆記錄，最多 {limit} 筆")
    public static let en = HistoryWords(
        heading: "Upload history", needsScripts: "The history is kept in your browser, so this page needs JavaScript.",
        empty: "Nothing was uploaded with this browser", countOfFiles: "Files: {count}", remove: "Remove", deleteFile: "Delete file",
        askToDeleteNamed: "Delete {name}?", recycleHelp: "Its links stop working at once. The file goes to the recycle bin, from which administrators can restore it.",
        deleteForGoodHelp: "Its links stop working at once, and the file cannot be restored.", recycled: "Moved to the recycle bin", deleted: "Deleted",
        notDeleted: "Not deleted. The file may be gone already; if it is still there, try again later.", upload: "Upload",
        clear: "Clear history", askToClear: "Clear the history of this browser?", clearHelp: "Uploaded files are not deleted.",
        unavailable: "This browser keeps no data, so there is no history to show. Uploads work all the same.",
        full: "The browser has no room left for this site: further uploads work, but are not kept in the history. Remove some entries.",
        signedIn: "What you upload while signed in is found on every device:", removeChosen: "Remove from list",
        removed: "Removed from the list: {count}. The files are still there.", countFound: "Files found: {count}", more: "Show more", save: "Export",
        load: "Import", saveHelp: "The exported file holds delete links: keep it safe.", read: "Imported: {added}. There already: {known}. Not valid: {refused}.",
        readUntilFull: "The browser has no room left for this site: only {added} were imported. Remove some entries first.",
        noHistory: "This is no file that an upload history was exported to", tooLarge: "The file is too large: {size}, at most {limit}",
        tooMany: "The file has {count} entries, at most {limit}")
}
