// The logs of uploads and of attempts to sign in.

/// Texts of the log page.
public struct LogWords: WordGroup {
    public let heading: String
    /// The accessible name of the links to the pages of numbers and logs.
    public let sections: String
    public let uploads: String
    public let signIns: String
    public let month: String
    public let everyMonth: String
    public let search: String
    public let searchIn: String
    public let address: String
    public let name: String
    public let account: String
    public let download: String
    public let empty: String
    public let nothingFound: String
    public let cut: String
    public let visitor: String
    public let noAddress: String
    public let byPage: String
    let byKey: Template
    public let recycled: String
    public let unlisted: String
    public let time: String
    public let result: String
    public let program: String
    public let way: String
    public let originalName: String
    public let path: String
    public let bytes: String
    public let state: String
    public let signedIn: String
    public let refused: String
    public let expired: String
    public let waiting: String
    public let code: String
    public let tooMany: String
    public let first: String
    let keptDays: Template
    public let recordingOff: String

    public func way(_ way: String) -> String { way == "web" ? byPage : way.utf8.allSatisfy { (48...57).contains($0) } ? byKey.filled(["number": way]) : way }
    public func keptFor(days: Int) -> String { keptDays.filled(["days": "\(days)"]) }

    public static let zhCN = LogWords(
        heading: "日志", sections: "统计和日志", uploads: "上传", signIns: "登录", month: "月份", everyMonth: "全部月份", search: "搜索", searchIn: "范围", address: "地址",
        name: "名称", account: "账号", download: "下载 CSV", empty: "还没有记录", nothingFound: "没有找到记录", cut: "这一部分找过了，下面还有", visitor: "访客", noAddress: "未记录地址",
        byPage: "网页", byKey: "密钥 {number}", recycled: "已回收", unlisted: "不列出", time: "时间", result: "结果", program: "程序", way: "方式", originalName: "原始名称", path: "文件路径",
        bytes: "字节", state: "状态", signedIn: "登录成功", refused: "账号或密码错误", expired: "账号已过期", waiting: "等待批准", code: "验证码没有填或不对", tooMany: "尝试过多",
        first: "最新", keptDays: "登录记录保留 {days} 天（设置 sign_in_days）。输入的名称和密码不会被记录。",
        recordingOff: "现在不记录上传者的地址和程序（设置 record_senders）。")
    public static let zhTW = LogWords(
        heading: "記錄", sections: "統計和記錄", uploads: "上傳", signIns: "登入", month: "月份", everyMonth: "全部月份", search: "搜尋", searchIn: "範圍", address: "位址",
        name: "名稱", account: "帳號", download: "下載 CSV", empty: "還沒有記錄", nothingFound: "沒有找到記錄", cut: "這一部分找過了，下面還有", visitor: "訪客", noAddress: "未記錄位址",
        byPage: "網頁", byKey: "金鑰 {number}", recycled: "已回收", unlisted: "不列出", time: "時間", result: "結果", program: "程式", way: "方式", originalName: "原始名稱", path: "檔案路徑",
        bytes: "位元組", state: "狀態", signedIn: "登入成功", refused: "帳號或密碼錯誤", expired: "帳號已過期", waiting: "等待核准", code: "驗證碼沒有填或不對", tooMany: "嘗試過多",
        first: "最新", keptDays: "登入記錄保留 {days} 天（設定 sign_in_days）。輸入的名稱和密碼不會被記錄。",
        recordingOff: "目前不記錄上傳者的位址和程式（設定 record_senders）。")
    public static let en = LogWords(
        heading: "Logs", sections: "Statistics and logs", uploads: "Uploads", signIns: "Sign-ins", month: "Month", everyMonth: "All months", search: "Search", searchIn: "In",
        address: "Address", name: "Name", account: "Account", download: "Download CSV", empty: "Nothing has been logged yet", nothingFound: "Nothing was found",
        cut: "This part has been searched; there is more", visitor: "Visitor", noAddress: "No address recorded", byPage: "Page", byKey: "Key {number}", recycled: "Recycled",
        unlisted: "Unlisted", time: "Time", result: "Result", program: "Program", way: "Way", originalName: "Original name", path: "Path", bytes: "Bytes", state: "State",
        signedIn: "Signed in", refused: "Wrong name or password", expired: "Account has expired", waiting: "Waits for approval",
        code: "CAPTCHA missing or wrong", tooMany: "Too many attempts", first: "Newest",
        keptDays: "Sign-ins are kept for {days} days (setting sign_in_days). What was entered as name and password is not recorded.",
        recordingOff: "Addresses and programs of senders are not being recorded (setting record_senders).")
}
