// The bar above a page and the links below it.

/// Texts of the frame of every page.
public struct NavigationWords: WordGroup {
    /// The link before everything else, for those who use a keyboard.
    public let skip: String
    /// The accessible name of the navigation.
    public let site: String
    public let home: String
    public let gallery: String
    public let history: String
    public let statistics: String
    public let more: String
    public let terms: String
    public let account: String
    public let files: String
    public let users: String
    public let settings: String
    public let signIn: String
    let signOutNamed: Template
    let filesOfToday: Template
    public let language: String
    public let theme: String
    public let automatic: String
    public let light: String
    public let dark: String

    public func today(_ count: Int) -> String { filesOfToday.filled(["count": "\(count)"]) }
    public func signOut(of name: String) -> String { signOutNamed.filled(["name": name]) }

    public static let zhCN = NavigationWords(
        skip: "跳到正文", site: "网站", home: "首页", gallery: "广场", history: "历史", statistics: "统计", more: "更多", terms: "条款", account: "个人中心", files: "文件", users: "账号", settings: "设置",
        signIn: "登录", signOutNamed: "退出({name})", filesOfToday: "今天 {count} 个", language: "语言", theme: "外观", automatic: "自动", light: "浅色", dark: "深色")
    public static let zhTW = NavigationWords(
        skip: "跳到正文", site: "網站", home: "首頁", gallery: "廣場", history: "歷史", statistics: "統計", more: "更多", terms: "條款", account: "個人中心", files: "檔案", users: "帳號", settings: "設定",
        signIn: "登入", signOutNamed: "登出({name})", filesOfToday: "今天 {count} 個", language: "語言", theme: "外觀", automatic: "自動", light: "淺色", dark: "深色")
    public static let en = NavigationWords(
        skip: "Skip to content", site: "Site", home: "Upload", gallery: "Gallery", history: "History", statistics: "Statistics", more: "More", terms: "Terms", account: "Account", files: "Files", users: "Users", settings: "Settings",
        signIn: "Sign in", signOutNamed: "Sign out ({name})", filesOfToday: "Today: {count}", language: "Language", theme: "Appearance",
        automatic: "Automatic", light: "Light", dark: "Dark")
}
