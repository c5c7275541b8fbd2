// The pages of an account: what they have in common, and numbers and recent files.

/// Texts of the account's pages.
public struct AccountWords: WordGroup {
    public let heading: String
    public let sections: String
    public let ownFiles: String
    public let jsonFiles: String
    public let security: String
    public let overview: String
    public let files: String
    public let bytes: String
    public let views: String
    public let recent: String
    public let noFiles: String
    public let upload: String
    let quotaUsed: Template
    public let quotaFull: String
    public let quotaHelp: String

    public func quota(_ name: String, _ used: String, of limit: String) -> String { quotaUsed.filled(["name": name, "used": used, "limit": limit]) }

    public static let zhCN = AccountWords(
        heading: "个人中心", sections: "账号的页面", ownFiles: "我的文件", jsonFiles: "JSON 文件", security: "密码和登录", overview: "概览", files: "文件", bytes: "占用", views: "浏览", recent: "最近的文件",
        noFiles: "还没有上传的文件", upload: "上传", quotaUsed: "{name}：已用 {used}，共 {limit}",
        quotaFull: "已满，不能再上传：请删除一些文件，或请管理员提高限额", quotaHelp: "回收站里的文件不计入。")
    public static let zhTW = AccountWords(
        heading: "個人中心", sections: "帳號的頁面", ownFiles: "我的檔案", jsonFiles: "JSON 檔案", security: "密碼和登入", overview: "概覽", files: "檔案", bytes: "佔用", views: "瀏覽", recent: "最近的檔案",
        noFiles: "還沒有上傳的檔案", upload: "上傳", quotaUsed: "{name}：已用 {used}，共 {limit}",
        quotaFull: "已滿，不能再上傳：請刪除一些檔案，或請管理員提高限額", quotaHelp: "資源回收筒裡的檔案不計入。")
    public static let en = AccountWords(
        heading: "Account", sections: "Pages of the account", ownFiles: "My files", jsonFiles: "JSON files", security: "Password and sessions", overview: "Overview", files: "Files",
        bytes: "Space used", views: "Views", recent: "Recent files", noFiles: "No files yet", upload: "Upload",
        quotaUsed: "{name}: {used} used of {limit}", quotaFull: "Full: nothing more can be uploaded. Delete some files, or ask an administrator for more",
        quotaHelp: "Files in the recycle bin do not count.")
}
