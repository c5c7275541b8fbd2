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

    public static let zhCN = AccountWords(
        heading: "个人中心", sections: "账号的页面", ownFiles: "我的文件", jsonFiles: "JSON 文件", security: "密码和登录", overview: "概览", files: "文件", bytes: "占用", views: "浏览", recent: "最近的文件",
        noFiles: "还没有上传的文件", upload: "上传")
    public static let zhTW = AccountWords(
        heading: "個人中心", sections: "帳號的頁面", ownFiles: "我的檔案", jsonFiles: "JSON 檔案", security: "密碼和登入", overview: "概覽", files: "檔案", bytes: "佔用", views: "瀏覽", recent: "最近的檔案",
        noFiles: "還沒有上傳的檔案", upload: "上傳")
    public static let en = AccountWords(
        heading: "Account", sections: "Pages of the account", ownFiles: "My files", jsonFiles: "JSON files", security: "Password and sessions", overview: "Overview", files: "Files",
        bytes: "Space used", views: "Views", recent: "Recent files", noFiles: "No files yet", upload: "Upload")
}
