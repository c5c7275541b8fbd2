// The administrator's page of everybody's files.

/// Texts of the list of everybody's files.
public struct SiteFileWords: WordGroup {
    public let heading: String
    public let owner: String
    public let ownerHelp: String
    public let way: String
    public let everyWay: String
    public let anyKey: String
    public let address: String
    public let addressHelp: String
    public let folder: String
    public let folderHelp: String
    public let onlyUnlisted: String
    public let noneFits: String
    let fromPlace: Template
    let goesOn: Template
    public let stays: String
    let badSearch: Template
    public let badType: String
    let badOwner: Template
    public let badWay: String
    public let badAddress: String
    public let badFolder: String
    public let allOfThese: String
    public let allFiles: String
    public let emptyBin: String
    let countText: Template
    let atLeastText: Template
    public let laterStay: String
    public let anotherEnds: String
    let typeText: Template
    public let emptyWord: String
    public let deleteWord: String
    let wrongText: Template
    public let taskHeading: String
    public let isOver: String
    public let listGone: String
    public let failedCount: Template
    let begunAt: Template
    public let piecesHelp: String
    public let goOn: String
    public let pause: String
    public let giveUp: String
    public let giveUpHelp: String
    public let close: String
    public let notGoingOn: String
    public let taskWaits: String
    public let look: String
    public let suspects: String
    public let suspectsHelp: String
    public let noSuspects: String
    public let publishSuspects: String
    public let suspectsGo: String
    public let noPlace: String
    let suspectsNotDone: Template
    public let recordingOff: String

    public func from(_ path: String) -> String { fromPlace.filled(["path": path]) }
    public func goes(on day: String) -> String { goesOn.filled(["day": day]) }
    public func badSearch(limit: Int) -> String { badSearch.filled(["limit": "\(limit)"]) }
    public func badOwner(_ name: String) -> String { badOwner.filled(["name": name]) }

    public func count(_ count: Int) -> String { countText.filled(["count": "\(count)"]) }
    public func atLeast(_ count: Int) -> String { atLeastText.filled(["count": "\(count)"]) }
    public func type(_ word: String) -> String { typeText.filled(["word": word]) }
    public func wrongWord(_ word: String) -> String { wrongText.filled(["word": word]) }
    public func failed(_ count: Int) -> String { failedCount.filled(["count": "\(count)"]) }
    public func begun(at time: String) -> String { begunAt.filled(["time": time]) }

    public func suspectsLeft(_ count: Int) -> String { suspectsNotDone.filled(["count": "\(count)"]) }

    public static let zhCN = SiteFileWords(
        heading: "文件", owner: "所属账号", ownerHelp: "账号名，- 为访客", way: "上传方式", everyWay: "全部方式", anyKey: "密钥", address: "上传者地址", addressHelp: "IP 地址",
        folder: "文件夹", folderHelp: "如 2025/07/04", onlyUnlisted: "只看不列出的", noneFits: "没有符合筛选的文件", fromPlace: "原位置 {path}", goesOn: "{day} 自动清除",
        stays: "不会自动清除", badSearch: "搜索最多 {limit} 个字符", badType: "没有这种类型", badOwner: "没有账号“{name}”；访客的文件请填 -",
        badWay: "上传方式要是 web、key 或密钥的编号", badAddress: "这不是 IP 地址，要像 192.0.2.1 或 2001:db8::1", badFolder: "这不能是文件夹，要像 2025/07/04，最多 500 个字节",
        allOfThese: "对全部符合的操作…", allFiles: "对全部符合的文件操作", emptyBin: "清空回收站", countText: "共 {count} 个文件", atLeastText: "至少 {count} 个文件",
        laterStay: "开始之后上传的文件不受影响。", anotherEnds: "还有一个没有完成的批量操作，开始新的就会放弃它。", typeText: "输入“{word}”确认", emptyWord: "清空", deleteWord: "删除",
        wrongText: "没有开始：请输入“{word}”来确认", taskHeading: "批量操作", isOver: "已经完成", listGone: "所属账号已经不在，不能继续", failedCount: "{count} 个没有完成，原因在日志里",
        begunAt: "{time} 开始", piecesHelp: "每次处理一部分。可以关闭页面，以后回到文件页继续。", goOn: "继续", pause: "暂停", giveUp: "放弃", giveUpHelp: "已经完成的不会撤销。", close: "返回文件",
        notGoingOn: "服务器没有回应，已暂停；已经完成的都保留", taskWaits: "有一个批量操作还没有完成", look: "查看",
        suspects: "可疑", suspectsHelp: "以前的程序检查后移出的图片。它们不公开，也没有预览。", noSuspects: "没有可疑的图片", publishSuspects: "移回并公开",
        suspectsGo: "选中的图片彻底删除后不能恢复。", noPlace: "原位置不明", suspectsNotDone: "{count} 个没有完成：已经不在，原位置不明或者已被占用",
        recordingOff: "“上传方式”和“上传者地址”只能找到记录了上传者的文件；现在不记录（设置 record_senders）。")
    public static let zhTW = SiteFileWords(
        heading: "檔案", owner: "所屬帳號", ownerHelp: "帳號名稱，- 為訪客", way: "上傳方式", everyWay: "全部方式", anyKey: "金鑰", address: "上傳者位址", addressHelp: "IP 位址",
        folder: "資料夾", folderHelp: "如 2025/07/04", onlyUnlisted: "只看不列出的", noneFits: "沒有符合篩選的檔案", fromPlace: "原位置 {path}", goesOn: "{day} 自動清除",
        stays: "不會自動清除", badSearch: "搜尋最多 {limit} 個字元", badType: "沒有這種類型", badOwner: "沒有帳號「{name}」；訪客的檔案請填 -",
        badWay: "上傳方式要是 web、key 或金鑰的編號", badAddress: "這不是 IP 位址，要像 192.0.2.1 或 2001:db8::1", badFolder: "這不能是資料夾，要像 2025/07/04，最多 500 個位元組",
        allOfThese: "對全部符合的操作…", allFiles: "對全部符合的檔案操作", emptyBin: "清空資源回收筒", countText: "共 {count} 個檔案", atLeastText: "至少 {count} 個檔案",
        laterStay: "開始之後上傳的檔案不受影響。", anotherEnds: "還有一個沒有完成的批次操作，開始新的就會放棄它。", typeText: "輸入「{word}」確認", emptyWord: "清空", deleteWord: "刪除",
        wrongText: "沒有開始：請輸入「{word}」來確認", taskHeading: "批次操作", isOver: "已經完成", listGone: "所屬帳號已經不在，不能繼續", failedCount: "{count} 個沒有完成，原因在記錄裡",
        begunAt: "{time} 開始", piecesHelp: "每次處理一部分。可以關閉頁面，以後回到檔案頁繼續。", goOn: "繼續", pause: "暫停", giveUp: "放棄", giveUpHelp: "已經完成的不會復原。", close: "返回檔案",
        notGoingOn: "伺服器沒有回應，已暫停；已經完成的都保留", taskWaits: "有一個批次操作還沒有完成", look: "檢視",
        suspects: "可疑", suspectsHelp: "以前的軟體檢查後移出的圖片。它們不公開，也沒有預覽。", noSuspects: "沒有可疑的圖片", publishSuspects: "移回並公開",
        suspectsGo: "選取的圖片永久刪除後無法復原。", noPlace: "原位置不明", suspectsNotDone: "{count} 個沒有完成：已經不在，原位置不明或者已被占用",
        recordingOff: "「上傳方式」和「上傳者位址」只能找到記錄了上傳者的檔案；目前不記錄（設定 record_senders）。")
    public static let en = SiteFileWords(
        heading: "Files", owner: "Owner", ownerHelp: "Account, - for visitors", way: "Uploaded by", everyWay: "Any way", anyKey: "Key", address: "Sender", addressHelp: "IP address",
        folder: "Folder", folderHelp: "Such as 2025/07/04", onlyUnlisted: "Only unlisted", noneFits: "No file fits these filters", fromPlace: "Was at {path}",
        goesOn: "Removed on {day}", stays: "Not removed by itself", badSearch: "A search has {limit} characters at most", badType: "There is no such type",
        badOwner: "There is no account “{name}”; enter - for files of visitors", badWay: "The way is web, key or the number of a key",
        badAddress: "This is no IP address; it looks like 192.0.2.1 or 2001:db8::1", badFolder: "This cannot be a folder; it looks like 2025/07/04 and has 500 bytes at most",
        allOfThese: "Act on all of these…", allFiles: "Act on all files of the list", emptyBin: "Empty the recycle bin", countText: "Files: {count}", atLeastText: "Files: {count} or more",
        laterStay: "Files uploaded after the start are not touched.", anotherEnds: "Another action on all files is not finished; a new one takes its place.",
        typeText: "Type “{word}” to confirm", emptyWord: "EMPTY", deleteWord: "DELETE", wrongText: "Not begun: type “{word}” to confirm", taskHeading: "Action on all files",
        isOver: "Finished", listGone: "The owner's account is gone, so it cannot go on", failedCount: "Not done: {count}; the log has the reasons", begunAt: "Begun {time}",
        piecesHelp: "It is done in pieces. You may close the page, and go on later from the page of files.", goOn: "Go on", pause: "Pause", giveUp: "Give up",
        giveUpHelp: "What was done stays done.", close: "Back to the files", notGoingOn: "The server does not answer, so it pauses; what was done stays done",
        taskWaits: "An action on all files is not finished", look: "Show",
        suspects: "Suspicious", suspectsHelp: "Pictures that the former program's check put aside. Nobody can see them, and they have no preview.",
        noSuspects: "There are no suspicious pictures", publishSuspects: "Move back and list", suspectsGo: "The selected pictures are deleted for good.",
        noPlace: "Former place unknown", suspectsNotDone: "Not done: {count}. They are gone, or their place is unknown or taken",
        recordingOff: "“Uploaded by” and “Sender” find only files whose sender was recorded; senders are not being recorded (setting record_senders).")
}
