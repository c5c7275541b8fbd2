// Password, sessions and preferences of an account.

/// Texts of the page on password and sessions.
public struct SecurityWords: WordGroup {
    public let password: String
    public let current: String
    public let new: String
    public let passwordHelp: String
    public let change: String
    let changed: Template
    public let registeredWeak: String
    public let wrongPassword: String
    public let sessions: String
    public let thisDevice: String
    public let unknownBrowser: String
    let since: Template
    let seen: Template
    public let seenNow: String
    public let end: String
    public let endOthers: String
    public let ended: String
    let endedCount: Template
    public let noSession: String
    public let preferences: String
    public let language: String
    public let automatic: String
    public let linkFormat: String
    public let siteDefault: String
    public let save: String
    public let saved: String
    public let delete: String
    public let deleteHelp: String
    public let deleteFiles: String
    let deleteFilesHelpText: Template
    let discarded: Template
    let left: Template
    let remain: Template
    public let lastAdmin: String
    public let deleted: String

    public func changed(_ strength: String) -> String { changed.filled(["strength": strength]) }
    public func since(_ time: String) -> String { since.filled(["time": time]) }
    public func seen(_ time: String) -> String { seen.filled(["time": time]) }
    public func ended(_ count: Int) -> String { endedCount.filled(["count": "\(count)"]) }
    public func deleteFilesHelp(days: Int) -> String { deleteFilesHelpText.filled(["days": "\(days)"]) }
    public func filesDiscarded(_ count: Int, days: Int) -> String { discarded.filled(["count": "\(count)", "days": "\(days)"]) }
    public func filesRemain(_ count: Int) -> String { remain.filled(["count": "\(count)"]) }
    public func filesLeft(_ count: Int) -> String { left.filled(["count": "\(count)"]) }

    public static let zhCN = SecurityWords(
        password: "修改密码", current: "当前密码", new: "新密码", passwordHelp: "修改后，其他设备上的登录会退出。", change: "修改",
        changed: "密码已修改，其他登录已退出。强度：{strength}", registeredWeak: "注册成功。密码强度：弱，容易被猜到，建议现在就在这里换一个更长的。", wrongPassword: "当前密码错误", sessions: "登录的设备",
        thisDevice: "这台设备", unknownBrowser: "未知的浏览器", since: "{time} 登录", seen: "最近使用 {time}", seenNow: "1 小时内使用", end: "退出",
        endOthers: "退出其他全部", ended: "已退出", endedCount: "已退出 {count} 个", noSession: "没有这个登录，或者已经退出", preferences: "偏好", language: "语言",
        automatic: "自动", linkFormat: "默认链接格式", siteDefault: "跟随网站", save: "保存", saved: "已保存", delete: "删除账号",
        deleteHelp: "不能恢复：密钥和登录立即失效。JSON 留在网站上，文件可以一起删除。",
        deleteFiles: "同时删除我的全部文件", deleteFilesHelpText: "移到回收站，{days} 天后彻底删除",
        discarded: "{count} 个文件已删除，{days} 天后从回收站彻底删除。", left: "其中 {count} 个还没有移走，服务器会在一天内完成。",
        remain: "文件很多，还有 {count} 个没有删除，账号还在：请再删除一次", lastAdmin: "这是最后一个管理员账号，不能删除：请先添加另一个有效期不更短的管理员", deleted: "账号已删除")
    public static let zhTW = SecurityWords(
        password: "修改密碼", current: "目前密碼", new: "新密碼", passwordHelp: "修改後，其他裝置上的登入會結束。", change: "修改",
        changed: "密碼已修改，其他登入已結束。強度：{strength}", registeredWeak: "註冊成功。密碼強度：弱，容易被猜到，建議現在就在這裡換一個更長的。", wrongPassword: "目前密碼錯誤", sessions: "登入的裝置",
        thisDevice: "這台裝置", unknownBrowser: "未知的瀏覽器", since: "{time} 登入", seen: "最近使用 {time}", seenNow: "1 小時內使用", end: "登出",
        endOthers: "登出其他全部", ended: "已登出", endedCount: "已登出 {count} 個", noSession: "沒有這個登入，或者已經登出", preferences: "偏好", language: "語言",
        automatic: "自動", linkFormat: "預設連結格式", siteDefault: "跟隨網站", save: "儲存", saved: "已儲存", delete: "刪除帳號",
        deleteHelp: "無法復原：金鑰和登入立即失效。JSON 留在網站上，檔案可以一起刪除。",
        deleteFiles: "同時刪除我的全部檔案", deleteFilesHelpText: "移到資源回收筒，{days} 天後徹底刪除",
        discarded: "{count} 個檔案已刪除，{days} 天後從資源回收筒徹底刪除。", left: "其中 {count} 個還沒有移走，伺服器會在一天內完成。",
        remain: "檔案很多，還有 {count} 個沒有刪除，帳號還在：請再刪除一次", lastAdmin: "這是最後一個管理員帳號，不能刪除：請先新增另一個有效期不更短的管理員", deleted: "帳號已刪除")
    public static let en = SecurityWords(
        password: "Change password", current: "Current password", new: "New password",
        passwordHelp: "Your other sessions end when you change it.", change: "Change",
        changed: "The password is changed and other sessions have ended. Strength: {strength}",
        registeredWeak: "You are registered. Your password is weak and can be guessed: better change it to a longer one here, now.",
        wrongPassword: "The current password is wrong", sessions: "Sessions", thisDevice: "This device",
        unknownBrowser: "Unknown browser", since: "Since {time}", seen: "last seen {time}", seenNow: "seen within the hour",
        end: "Sign out", endOthers: "Sign out all others", ended: "Signed out", endedCount: "{count} signed out",
        noSession: "There is no such session, or it has ended", preferences: "Preferences", language: "Language", automatic: "Automatic",
        linkFormat: "Default link format", siteDefault: "As the site has it", save: "Save", saved: "Saved", delete: "Delete account",
        deleteHelp: "This cannot be undone: keys and sessions end at once. JSON stays on the site; files can be deleted with the account.",
        deleteFiles: "Delete all my files too", deleteFilesHelpText: "They go to the recycle bin and are deleted for good after {days} days",
        discarded: "Files deleted: {count}. They leave the recycle bin for good after {days} days.",
        left: "{count} of them have not been moved yet; the server does so within a day.",
        remain: "There are many files: {count} are left, and so is the account. Please delete it once more",
        lastAdmin: "This is the last administrator's account and cannot be deleted: first add another one that ends no earlier", deleted: "The account is deleted")
}
