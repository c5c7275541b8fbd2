// What can be done with several files of a list; its property names are the keys of `words` in select.js.

/// Texts about the files that are chosen.
public struct SelectionWords: WordGroup {
    public let selection: String
    public let chosen: Template
    public let chooseAll: String
    public let chooseNone: String
    public let copyLinks: String
    public let restore: String
    public let publish: String
    public let hide: String
    public let undo: String
    public let askToDelete: Template
    public let unlisted: String
    public let isRecycled: String
    public let isDeleted: String
    public let isRestored: String
    let recycled: Template
    let deleted: Template
    let restored: Template
    let published: Template
    let hidden: Template
    let notDone: Template
    public let chooseFirst: String

    /// What was done with a number of files.
    ///
    /// - Parameter action: as the form names it.
    public func done(_ action: String, _ count: Int) -> String {
        let text = switch action {
        case "recycle": recycled
        case "delete": deleted
        case "restore": restored
        case "publish": published
        default: hidden
        }
        return text.filled(["count": "\(count)"])
    }

    public func failed(_ count: Int) -> String { notDone.filled(["count": "\(count)"]) }

    public static let zhCN = SelectionWords(
        selection: "选中的文件", chosen: "已选 {count} 个", chooseAll: "全选已加载的", chooseNone: "取消选择", copyLinks: "复制链接", restore: "恢复", publish: "公开", hide: "不列出",
        undo: "撤销", askToDelete: "彻底删除选中的 {count} 个文件？", unlisted: "不列出", isRecycled: "已回收", isDeleted: "已删除", isRestored: "已恢复", recycled: "已移到回收站：{count} 个", deleted: "已彻底删除：{count} 个", restored: "已恢复：{count} 个",
        published: "已公开：{count} 个", hidden: "已不列出：{count} 个", notDone: "{count} 个没有完成：已经不在，不属于您，或者请再试一次", chooseFirst: "请先选择文件")
    public static let zhTW = SelectionWords(
        selection: "選取的檔案", chosen: "已選 {count} 個", chooseAll: "全選已載入的", chooseNone: "取消選取", copyLinks: "複製連結", restore: "還原", publish: "公開", hide: "不列出",
        undo: "復原", askToDelete: "永久刪除選取的 {count} 個檔案？", unlisted: "不列出", isRecycled: "已回收", isDeleted: "已刪除", isRestored: "已還原", recycled: "已移到資源回收筒：{count} 個", deleted: "已永久刪除：{count} 個", restored: "已還原：{count} 個",
        published: "已公開：{count} 個", hidden: "已不列出：{count} 個", notDone: "{count} 個沒有完成：已經不在，不屬於您，或者請再試一次", chooseFirst: "請先選取檔案")
    public static let en = SelectionWords(
        selection: "Selected files", chosen: "{count} selected", chooseAll: "Select all loaded", chooseNone: "Clear", copyLinks: "Copy links", restore: "Restore",
        publish: "List", hide: "Unlist", undo: "Undo", askToDelete: "Delete {count} selected files for good?", unlisted: "Unlisted", isRecycled: "Recycled", isDeleted: "Deleted", isRestored: "Restored", recycled: "Moved to the recycle bin: {count}",
        deleted: "Deleted for good: {count}", restored: "Restored: {count}", published: "Listed: {count}", hidden: "Not listed any more: {count}",
        notDone: "Not done: {count}. They are gone, not yours, or worth another try", chooseFirst: "Select files first")
}
