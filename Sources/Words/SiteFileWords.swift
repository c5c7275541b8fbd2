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

    public func from(_ path: String) -> String { fromPlace.filled(["path": path]) }
    public func goes(on day: String) -> String { goesOn.filled(["day": day]) }
    public func badSearch(limit: Int) -> String { badSearch.filled(["limit": "\(limit)"]) }
    public func badOwner(_ name: String) -> String { badOwner.filled(["name": name]) }

    public static let zhCN = SiteFileWords(
        heading: "文件", owner: "所属账号", ownerHelp: "账号名，- 为访客", way: "上传方式", everyWay: "全部方式", anyKey: "密钥", address: "上传者地址", addressHelp: "IP 地址",
        folder: "文件夹", folderHelp: "如 2025/07/04", onlyUnlisted: "只看不列出的", noneFits: "没有符合筛选的文件", fromPlace: "原位置 {path}", goesOn: "{day} 自动清除",
        stays: "不会自动清除", badSearch: "搜索最多 {limit} 个字符", badType: "没有这种类型", badOwner: "没有账号“{name}”；访客的文件请填 -",
        badWay: "上传方式要是 web、key 或密钥的编号", badAddress: "这不是 IP 地址，要像 192.0.2.1 或 2001:db8::1", badFolder: "这不能是文件夹，要像 2025/07/04，最多 500 个字节")
    public static let zhTW = SiteFileWords(
        heading: "檔案", owner: "所屬帳號", ownerHelp: "帳號名稱，- 為訪客", way: "上傳方式", everyWay: "全部方式", anyKey: "金鑰", address: "上傳者位址", addressHelp: "IP 位址",
        folder: "資料夾", folderHelp: "如 2025/07/04", onlyUnlisted: "只看不列出的", noneFits: "沒有符合篩選的檔案", fromPlace: "原位置 {path}", goesOn: "{day} 自動清除",
        stays: "不會自動清除", badSearch: "搜尋最多 {limit} 個字元", badType: "沒有這種類型", badOwner: "沒有帳號「{name}」；訪客的檔案請填 -",
        badWay: "上傳方式要是 web、key 或金鑰的編號", badAddress: "這不是 IP 位址，要像 192.0.2.1 或 2001:db8::1", badFolder: "這不能是資料夾，要像 2025/07/04，最多 500 個位元組")
    public static let en = SiteFileWords(
        heading: "Files", owner: "Owner", ownerHelp: "Account, - for visitors", way: "Uploaded by", everyWay: "Any way", anyKey: "Key", address: "Sender", addressHelp: "IP address",
        folder: "Folder", folderHelp: "Such as 2025/07/04", onlyUnlisted: "Only unlisted", noneFits: "No file fits these filters", fromPlace: "Was at {path}",
        goesOn: "Removed on {day}", stays: "Not removed by itself", badSearch: "A search has {limit} characters at most", badType: "There is no such type",
        badOwner: "There is no account “{name}”; enter - for files of visitors", badWay: "The way is web, key or the number of a key",
        badAddress: "This is no IP address; it looks like 192.0.2.1 or 2001:db8::1", badFolder: "This cannot be a folder; it looks like 2025/07/04 and has 500 bytes at most")
}
