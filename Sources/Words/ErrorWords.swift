// Pages that say why a request failed: what happened, and what to do.

/// Texts of error pages. Each pair is the heading and what to do.
public struct ErrorWords: WordGroup {
    public let badRequest: String
    public let badRequestHelp: String
    public let signedOut: String
    public let signedOutHelp: String
    public let forbidden: String
    public let forbiddenHelp: String
    public let notFound: String
    public let notFoundHelp: String
    public let method: String
    public let methodHelp: String
    public let tooLarge: String
    public let tooLargeHelp: String
    public let tooMany: String
    public let tooManyHelp: String
    public let retryIn: Template
    public let broken: String
    public let brokenHelp: String
    public let busy: String
    public let busyHelp: String
    public let full: String
    public let fullHelp: String
    public let home: String
    /// Before the number of a line in the log.
    public let id: String

    public func retry(seconds: Int) -> String { retryIn.filled(["seconds": "\(seconds)"]) }

    public static let zhCN = ErrorWords(
        badRequest: "请求有误", badRequestHelp: "请返回上一页，检查填写的内容后再试一次。",
        signedOut: "请先登录", signedOutHelp: "登录后可以继续。",
        forbidden: "没有权限", forbiddenHelp: "您的账号不能这样做，或者这个请求来自其他网站。",
        notFound: "页面不存在", notFoundHelp: "地址可能有误，或者内容已被删除。",
        method: "不能这样打开这个地址", methodHelp: "请从首页重新开始。",
        tooLarge: "内容太大", tooLargeHelp: "请减小文件或内容后再试一次。",
        tooMany: "操作过于频繁", tooManyHelp: "请稍等片刻再试。", retryIn: "请在 {seconds} 秒后重试。",
        broken: "服务器出错了", brokenHelp: "请稍后再试一次；如果一直这样，请把下面的编号告诉管理员，日志里有原因。",
        busy: "服务器正忙", busyHelp: "请稍后再试一次。",
        full: "服务器空间不足", fullHelp: "现在不能保存新的内容，请告诉管理员。", home: "返回首页", id: "编号")
    public static let zhTW = ErrorWords(
        badRequest: "請求有誤", badRequestHelp: "請返回上一頁，檢查填寫的內容後再試一次。",
        signedOut: "請先登入", signedOutHelp: "登入後可以繼續。",
        forbidden: "沒有權限", forbiddenHelp: "您的帳號不能這樣做，或者這個請求來自其他網站。",
        notFound: "頁面不存在", notFoundHelp: "網址可能有誤，或者內容已被刪除。",
        method: "不能這樣開啟這個網址", methodHelp: "請從首頁重新開始。",
        tooLarge: "內容太大", tooLargeHelp: "請縮小檔案或內容後再試一次。",
        tooMany: "操作過於頻繁", tooManyHelp: "請稍等片刻再試。", retryIn: "請在 {seconds} 秒後重試。",
        broken: "伺服器發生錯誤", brokenHelp: "請稍後再試一次；如果一直如此，請把下面的編號告訴管理員，記錄裡有原因。",
        busy: "伺服器忙碌中", busyHelp: "請稍後再試一次。",
        full: "伺服器空間不足", fullHelp: "現在無法儲存新的內容，請告訴管理員。", home: "返回首頁", id: "編號")
    public static let en = ErrorWords(
        badRequest: "The request cannot be understood", badRequestHelp: "Go back, check what you entered and try again.",
        signedOut: "Please sign in first", signedOutHelp: "You can go on once you have signed in.",
        forbidden: "Not allowed", forbiddenHelp: "Your account may not do this, or the request came from another site.",
        notFound: "Page not found", notFoundHelp: "The address may be wrong, or what was there has been deleted.",
        method: "This address cannot be opened like this", methodHelp: "Please start again from the upload page.",
        tooLarge: "Too large", tooLargeHelp: "Make the file or the content smaller and try again.",
        tooMany: "Too many requests", tooManyHelp: "Wait a moment and try again.", retryIn: "Please try again in {seconds} seconds.",
        broken: "The server failed",
        brokenHelp: "Try again later. If it keeps failing, tell the administrator the number below; the log has the reason.",
        busy: "The server is busy", busyHelp: "Try again in a moment.",
        full: "The server is out of space", fullHelp: "Nothing new can be stored now, please tell the administrator.",
        home: "Back to the upload page", id: "number")
}
