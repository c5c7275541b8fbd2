// The site's statistics.

/// Texts of the statistics page.
public struct ChartWords: WordGroup {
    public let today: String
    public let yesterday: String
    public let files: String
    public let bytes: String
    public let free: String
    public let views: String
    public let recentDays: String
    public let uploads: String
    public let bytesOfDay: String
    public let viewsOfDay: String
    public let day: String
    let highest: Template
    public let asTable: String
    public let byType: String
    public let type: String
    public let byWay: String
    public let way: String
    public let withoutKey: String
    let keyOfAccount: Template
    public let largest: String
    public let mostSeen: String
    public let none: String
    let computedAtTime: Template
    public let incomplete: String
    let diskIsFull: Template
    public let examination: String
    let examinedAtTime: Template
    let nothingFound: Template
    public let neverExamined: String
    public let problem: String
    public let warning: String
    public let repair: String

    public func most(_ value: String) -> String { highest.filled(["value": value]) }
    public func key(_ name: String, of account: String) -> String { keyOfAccount.filled(["name": name, "account": account]) }
    public func computed(at time: String) -> String { computedAtTime.filled(["time": time]) }
    public func examined(at time: String) -> String { examinedAtTime.filled(["time": time]) }
    public func foundNothing(at time: String) -> String { nothingFound.filled(["time": time]) }
    public func diskFull(free: String, floor: String) -> String { diskIsFull.filled(["free": free, "floor": floor]) }

    public static let zhCN = ChartWords(
        today: "今日", yesterday: "昨日", files: "总数", bytes: "占用", free: "磁盘剩余", views: "浏览", recentDays: "最近 30 天", uploads: "上传数", bytesOfDay: "公开文件的大小",
        viewsOfDay: "浏览数", day: "日期", highest: "最高 {value}", asTable: "用表格显示", byType: "按类型", type: "类型", byWay: "按方式", way: "方式", withoutKey: "网页、导入和其他",
        keyOfAccount: "{name}（{account}）", largest: "最大", mostSeen: "最多浏览", none: "还没有文件", computedAtTime: "统计时间 {time}",
        incomplete: "升级以后还没有统计完：数字稍后才完整（imagebed index）。",
        diskIsFull: "磁盘剩余 {free}，少于至少要留的 {floor}（设置 minimum_free_bytes）：现在不接收上传。请腾出空间。",
        examination: "系统检查", examinedAtTime: "{time} 检查", nothingFound: "{time} 检查，没有发现问题", neverExamined: "还没有检查过", problem: "问题", warning: "警告",
        repair: "处理方法")
    public static let zhTW = ChartWords(
        today: "今日", yesterday: "昨日", files: "總數", bytes: "佔用", free: "磁碟剩餘", views: "瀏覽", recentDays: "最近 30 天", uploads: "上傳數", bytesOfDay: "公開檔案的大小",
        viewsOfDay: "瀏覽數", day: "日期", highest: "最高 {value}", asTable: "用表格顯示", byType: "按類型", type: "類型", byWay: "按方式", way: "方式", withoutKey: "網頁、匯入和其他",
        keyOfAccount: "{name}（{account}）", largest: "最大", mostSeen: "最多瀏覽", none: "還沒有檔案", computedAtTime: "統計時間 {time}",
        incomplete: "升級以後還沒有統計完：數字稍後才完整（imagebed index）。",
        diskIsFull: "磁碟剩餘 {free}，少於至少要留的 {floor}（設定 minimum_free_bytes）：目前不接收上傳。請騰出空間。",
        examination: "系統檢查", examinedAtTime: "{time} 檢查", nothingFound: "{time} 檢查，沒有發現問題", neverExamined: "還沒有檢查過", problem: "問題", warning: "警告",
        repair: "處理方法")
    public static let en = ChartWords(
        today: "Today", yesterday: "Yesterday", files: "Files", bytes: "Space used", free: "Disk free", views: "Views", recentDays: "The last 30 days", uploads: "Uploads",
        bytesOfDay: "Size of listed files", viewsOfDay: "Views of the day", day: "Day", highest: "Peak: {value}", asTable: "Show as a table", byType: "By type", type: "Type",
        byWay: "By way", way: "Way", withoutKey: "Pages, imports and others", keyOfAccount: "{name} ({account})", largest: "Largest", mostSeen: "Most viewed",
        none: "No files yet", computedAtTime: "Computed at {time}",
        incomplete: "Counting has not been finished since the upgrade: the numbers will be complete later (imagebed index).",
        diskIsFull: "{free} are free on the disk, less than the {floor} that have to stay free (setting minimum_free_bytes): no uploads are taken now. Make room.",
        examination: "State of the system", examinedAtTime: "Examined at {time}", nothingFound: "Examined at {time}: nothing is wrong",
        neverExamined: "Not examined yet", problem: "Problem", warning: "Warning", repair: "What to do:")
}
