// Conflicts between versions of a JSON file, and how they are resolved.

/// Texts about conflicts.
public struct ConflictWords: WordGroup {
    public let open: String
    public let resolved: String
    public let noneOpen: String
    public let noneResolved: String
    let number: Template
    let placesText: Template
    let firstPlaces: Template
    public let clean: String
    public let local: String
    public let remote: String
    public let merged: String
    public let unknownBase: String
    public let sides: String
    public let both: String
    public let none: String
    let long: Template
    public let nothing: String
    public let keepLocal: String
    public let keepRemote: String
    public let custom: String
    public let automatic: String
    public let actionHelp: String
    public let editor: String
    public let editorHelp: String
    public let save: String
    public let largeHelp: String
    public let file: String
    public let noText: String
    let done: Template
    public let doneWithConflict: String
    let resolvedAs: Template
    public let tooLarge: String
    public let noContent: String

    public func title(_ id: Int) -> String { number.filled(["number": "\(id)"]) }
    public func places(_ count: Int) -> String { placesText.filled(["count": "\(count)"]) }
    public func firstPlaces(_ shown: Int, of all: Int) -> String { firstPlaces.filled(["shown": "\(shown)", "all": "\(all)"]) }
    public func long(_ size: String) -> String { long.filled(["size": size]) }
    public func done(_ version: Int) -> String { done.filled(["version": "\(version)"]) }
    /// - Parameter action: as a button says it.
    public func resolved(_ action: String, by who: String, as version: Int, at time: String) -> String {
        resolvedAs.filled(["action": action, "who": who, "version": "\(version)", "time": time])
    }

    public static let zhCN = ConflictWords(
        open: "未解决", resolved: "已解决", noneOpen: "没有未解决的冲突", noneResolved: "还没有已解决的冲突", number: "冲突 {number}", placesText: "{count} 处", firstPlaces: "显示前 {shown} 处，共 {all} 处",
        clean: "没有重叠", local: "本地", remote: "远程", merged: "合并", unknownBase: "起点未知", sides: "冲突的两边和合并结果", both: "两边的内容", none: "没有，或者 null",
        long: "长内容，{size}", nothing: "已删除", keepLocal: "保留本地", keepRemote: "保留远程", custom: "自定义合并", automatic: "自动",
        actionHelp: "选择会成为新版本，其余版本都保留。之后又有的更改会合并进来。", editor: "合并后的内容（JSON）", editorHelp: "数字按原样保存，不会改写。", save: "保存合并",
        largeHelp: "内容超过 1 MB，请下载合并结果，修改后在这里上传。最多 50 MB。", file: "JSON 文件", noText: "合并结果的内容已不在，请上传一个 JSON 文件。", done: "冲突已解决，版本 {version}",
        doneWithConflict: "冲突已解决，但之后的更改与您的选择重叠：请看新的冲突", resolvedAs: "已解决：{action}，{who}，版本 {version}，{time}", tooLarge: "内容太大：最多 50 MB", noContent: "请填写内容")
    public static let zhTW = ConflictWords(
        open: "未解決", resolved: "已解決", noneOpen: "沒有未解決的衝突", noneResolved: "還沒有已解決的衝突", number: "衝突 {number}", placesText: "{count} 處", firstPlaces: "顯示前 {shown} 處，共 {all} 處",
        clean: "沒有重疊", local: "本機", remote: "遠端", merged: "合併", unknownBase: "起點未知", sides: "衝突的兩邊和合併結果", both: "兩邊的內容", none: "沒有，或者 null",
        long: "長內容，{size}", nothing: "已刪除", keepLocal: "保留本機", keepRemote: "保留遠端", custom: "自訂合併", automatic: "自動",
        actionHelp: "選擇會成為新版本，其餘版本都保留。之後又有的變更會合併進來。", editor: "合併後的內容（JSON）", editorHelp: "數字按原樣儲存，不會改寫。", save: "儲存合併",
        largeHelp: "內容超過 1 MB，請下載合併結果，修改後在這裡上傳。最多 50 MB。", file: "JSON 檔案", noText: "合併結果的內容已不在，請上傳一個 JSON 檔案。", done: "衝突已解決，版本 {version}",
        doneWithConflict: "衝突已解決，但之後的變更與您的選擇重疊：請看新的衝突", resolvedAs: "已解決：{action}，{who}，版本 {version}，{time}", tooLarge: "內容太大：最多 50 MB", noContent: "請填寫內容")
    public static let en = ConflictWords(
        open: "Open", resolved: "Resolved", noneOpen: "No open conflicts", noneResolved: "No conflict has been resolved yet", number: "Conflict {number}", placesText: "Places: {count}",
        firstPlaces: "The first {shown} of {all} places", clean: "no overlap", local: "Local", remote: "Remote", merged: "Merged", unknownBase: "base unknown",
        sides: "The two sides of the conflict and the merged result", both: "parts of both", none: "none, or null", long: "long value, {size}", nothing: "deleted",
        keepLocal: "Keep local", keepRemote: "Keep remote", custom: "Merge by hand", automatic: "automatic",
        actionHelp: "The choice becomes a new version, and all others are kept. Changes made since are merged into it.", editor: "Merged content (JSON)",
        editorHelp: "Numbers are stored as they are written.", save: "Save merge",
        largeHelp: "The content is over 1 MB: download the merged version, change it, and upload it here. At most 50 MB.", file: "JSON file",
        noText: "The merged content is gone; please upload a JSON file.", done: "The conflict is resolved by version {version}",
        doneWithConflict: "The conflict is resolved, but later changes overlapped with your choice: please look at the new conflict",
        resolvedAs: "Resolved: {action}, {who}, version {version}, {time}", tooLarge: "Too large: at most 50 MB", noContent: "Please enter a content")
}
