// The page of an account's JSON files: lists, versions, differences, devices.

/// Texts about JSON files, their versions and devices.
public struct JSONWords: WordGroup {
    public let parts: String
    public let files: String
    public let versions: String
    public let devices: String
    public let conflicts: String
    public let allFiles: String
    public let noFiles: String
    public let howToPush: String
    public let noDevices: String
    let openConflicts: Template
    public let isDeleted: String
    public let download: String
    public let delete: String
    public let deleteHelp: String
    let askToDelete: Template
    public let deleted: String
    public let changedMeanwhile: String
    public let look: String
    public let compare: String
    public let from: String
    public let to: String
    public let merged: String
    public let deletion: String
    public let expired: String
    public let onPage: String
    let versionNumbered: Template
    let shownInPart: Template
    let comparison: Template
    let changes: Template
    let firstChanges: Template
    public let noChanges: String
    public let tooLargeToCompare: String
    public let downloadChanges: String
    public let path: String
    public let wholeDocument: String
    public let before: String
    public let after: String
    public let absent: String
    let firstSeen: Template
    let lastPush: Template
    let lastPull: Template
    public let never: String
    let has: Template
    let moreFiles: Template
    public let name: String
    public let rename: String
    public let renamed: String
    public let badName: String
    public let forget: String
    public let forgetHelp: String
    let askToForget: Template
    public let forgotten: String
    public let noFile: String
    public let noVersion: String
    public let noConflict: String
    public let noDevice: String
    public let pages: String
    public let previous: String
    public let following: String

    public func openConflicts(_ count: Int) -> String { openConflicts.filled(["count": "\(count)"]) }
    public func ask(toDelete key: String) -> String { askToDelete.filled(["name": key]) }
    public func version(_ number: Int) -> String { versionNumbered.filled(["number": "\(number)"]) }
    /// - Parameter sizes: of what is shown and of all, as texts.
    public func shownInPart(_ shown: String, of all: String) -> String { shownInPart.filled(["shown": shown, "all": all]) }
    public func comparison(from: Int, to: Int) -> String { comparison.filled(["from": "\(from)", "to": "\(to)"]) }
    public func changes(_ count: Int) -> String { changes.filled(["count": "\(count)"]) }
    public func firstChanges(_ count: Int) -> String { firstChanges.filled(["count": "\(count)"]) }
    public func firstSeen(_ time: String) -> String { firstSeen.filled(["time": time]) }
    public func lastPush(_ time: String) -> String { lastPush.filled(["time": time]) }
    public func lastPull(_ time: String) -> String { lastPull.filled(["time": time]) }
    public func has(_ last: Int, of current: Int) -> String { has.filled(["last": "\(last)", "current": "\(current)"]) }
    public func moreFiles(_ count: Int) -> String { moreFiles.filled(["count": "\(count)"]) }
    public func ask(toForget device: String) -> String { askToForget.filled(["name": device]) }

    public static let zhCN = JSONWords(
        parts: "JSON 文件的部分", files: "文件", versions: "版本", devices: "设备", conflicts: "冲突", allFiles: "全部文件", noFiles: "还没有 JSON 文件",
        howToPush: "应用推送后会出现在这里，见 API 页面", noDevices: "还没有设备", openConflicts: "冲突 {count} 个", isDeleted: "已删除", download: "下载", delete: "删除",
        deleteHelp: "各设备下次同步时会得知删除；全部版本仍然保留，重新推送即可恢复。", askToDelete: "删除 {name}？", deleted: "已删除", changedMeanwhile: "文件在此期间有了新版本，没有删除，请看过后再决定",
        look: "查看", compare: "比较", from: "从版本", to: "到版本", merged: "合并", deletion: "删除文件", expired: "内容已不再保留", onPage: "网页", versionNumbered: "版本 {number}",
        shownInPart: "只显示缩进后的前 {shown}，内容共 {all}，请下载查看全部", comparison: "版本 {from} ↔ {to}", changes: "{count} 处不同", firstChanges: "只显示前 {count} 处，其余请下载",
        noChanges: "没有不同（键的顺序不算）", tooLargeToCompare: "内容太大，不能在这里比较：两个版本合计最多 200 万个值。请下载后比较。", downloadChanges: "下载全部不同", path: "路径",
        wholeDocument: "整个文件", before: "以前", after: "以后", absent: "没有", firstSeen: "首次出现 {time}", lastPush: "最近推送 {time}", lastPull: "最近拉取 {time}", never: "从未",
        has: "版本 {last}，最新 {current}", moreFiles: "还有 {count} 个文件", name: "设备名称", rename: "改名", renamed: "设备已改名", badName: "设备名称为 1 到 200 字节，不能有控制字符",
        forget: "移除设备", forgetHelp: "它推送的版本保留；再次同步时作为新设备。", askToForget: "移除设备 {name}？", forgotten: "设备已移除", noFile: "没有这个 JSON 文件",
        noVersion: "没有这个版本，或者它的内容已不再保留，或者它是一次删除", noConflict: "没有这个冲突", noDevice: "没有这个设备", pages: "页", previous: "上一页", following: "下一页")
    public static let zhTW = JSONWords(
        parts: "JSON 檔案的部分", files: "檔案", versions: "版本", devices: "裝置", conflicts: "衝突", allFiles: "全部檔案", noFiles: "還沒有 JSON 檔案",
        howToPush: "應用程式推送後會出現在這裡，見 API 頁面", noDevices: "還沒有裝置", openConflicts: "衝突 {count} 個", isDeleted: "已刪除", download: "下載", delete: "刪除",
        deleteHelp: "各裝置下次同步時會得知刪除；全部版本仍然保留，重新推送即可還原。", askToDelete: "刪除 {name}？", deleted: "已刪除", changedMeanwhile: "檔案在此期間有了新版本，沒有刪除，請看過後再決定",
        look: "檢視", compare: "比較", from: "從版本", to: "到版本", merged: "合併", deletion: "刪除檔案", expired: "內容已不再保留", onPage: "網頁", versionNumbered: "版本 {number}",
        shownInPart: "只顯示縮排後的前 {shown}，內容共 {all}，請下載檢視全部", comparison: "版本 {from} ↔ {to}", changes: "{count} 處不同", firstChanges: "只顯示前 {count} 處，其餘請下載",
        noChanges: "沒有不同（鍵的順序不算）", tooLargeToCompare: "內容太大，不能在這裡比較：兩個版本合計最多 200 萬個值。請下載後比較。", downloadChanges: "下載全部不同", path: "路徑",
        wholeDocument: "整個檔案", before: "以前", after: "以後", absent: "沒有", firstSeen: "首次出現 {time}", lastPush: "最近推送 {time}", lastPull: "最近拉取 {time}", never: "從未",
        has: "版本 {last}，最新 {current}", moreFiles: "還有 {count} 個檔案", name: "裝置名稱", rename: "改名", renamed: "裝置已改名", badName: "裝置名稱為 1 到 200 位元組，不能有控制字元",
        forget: "移除裝置", forgetHelp: "它推送的版本保留；再次同步時作為新裝置。", askToForget: "移除裝置 {name}？", forgotten: "裝置已移除", noFile: "沒有這個 JSON 檔案",
        noVersion: "沒有這個版本，或者它的內容已不再保留，或者它是一次刪除", noConflict: "沒有這個衝突", noDevice: "沒有這個裝置", pages: "頁", previous: "上一頁", following: "下一頁")
    public static let en = JSONWords(
        parts: "Parts of JSON files", files: "Files", versions: "Versions", devices: "Devices", conflicts: "Conflicts", allFiles: "All files", noFiles: "No JSON files yet",
        howToPush: "What your apps push appears here; the API page tells how", noDevices: "No devices yet", openConflicts: "Conflicts: {count}", isDeleted: "deleted",
        download: "Download", delete: "Delete", deleteHelp: "Devices learn of it when they synchronise next. All versions are kept; a new push brings the file back.",
        askToDelete: "Delete {name}?", deleted: "Deleted", changedMeanwhile: "The file has a newer version meanwhile and was not deleted; please look at it first",
        look: "View", compare: "Compare", from: "From version", to: "To version", merged: "merged", deletion: "deletes the file", expired: "content no longer kept", onPage: "web page",
        versionNumbered: "Version {number}", shownInPart: "The content has {all}; of its indented text the first {shown} are shown. Download it for the rest", comparison: "Version {from} ↔ {to}",
        changes: "Differences: {count}", firstChanges: "Only the first {count} are shown; download the rest", noChanges: "No difference (the order of keys does not count)",
        tooLargeToCompare: "Too large to be compared here: both versions together may have 2 million values. Download them and compare them there.",
        downloadChanges: "Download all differences", path: "Path", wholeDocument: "the whole file", before: "Before", after: "After", absent: "none",
        firstSeen: "first seen {time}", lastPush: "last push {time}", lastPull: "last pull {time}", never: "never", has: "version {last} of {current}", moreFiles: "{count} more files",
        name: "Device name", rename: "Rename", renamed: "The device is renamed", badName: "A device name has 1 to 200 bytes and no control characters", forget: "Remove device",
        forgetHelp: "The versions that it pushed are kept; if it synchronises again it counts as a new device.", askToForget: "Remove the device {name}?",
        forgotten: "The device is removed", noFile: "There is no such JSON file", noVersion: "There is no such version, or its content is no longer kept, or it is a deletion",
        noConflict: "There is no such conflict", noDevice: "There is no such device", pages: "Pages", previous: "Previous", following: "Next")
}
