// The notice that tells an administrator of the token that came with every EasyImages site.

/// Texts of that notice.
public struct DefaultTokenWords: WordGroup {
    public let heading: String
    let used: Template
    let unknown: Template
    public let decide: String
    public let replace: String
    public let keep: String
    public let refuse: String

    /// "412 uploads used it".
    ///
    /// - Parameters:
    ///   - uses: nil if the old logs record no uploads.
    ///   - day: of the last one.
    public func use(of token: String, uses: Int?, day: String) -> String {
        uses.map { used.filled(["token": token, "count": "\($0)", "day": day]) } ?? unknown.filled(["token": token])
    }

    public static let zhCN = DefaultTokenWords(
        heading: "EasyImages 的默认 Token",
        used: "随 EasyImages 发布的 Token {token} 人人都知道，这里已停用。旧站的日志里有 {count} 次上传用了它，最后一次在 {day}。还在用它的程序现在无法上传。",
        unknown: "随 EasyImages 发布的 Token {token} 人人都知道，这里已停用。旧站没有上传日志，不知道有多少程序在用它；这些程序现在无法上传。",
        decide: "请在服务器上选择一种处理方式：", replace: "生成一个新的，再填到这些程序里", keep: "让它用到这一天为止，最多一年", refuse: "一直停用，不再提醒")
    public static let zhTW = DefaultTokenWords(
        heading: "EasyImages 的預設 Token",
        used: "隨 EasyImages 發布的 Token {token} 人人都知道，這裡已停用。舊站的記錄裡有 {count} 次上傳用了它，最後一次在 {day}。還在用它的程式現在無法上傳。",
        unknown: "隨 EasyImages 發布的 Token {token} 人人都知道，這裡已停用。舊站沒有上傳記錄，不知道有多少程式在用它；這些程式現在無法上傳。",
        decide: "請在伺服器上選擇一種處理方式：", replace: "產生一個新的，再填到這些程式裡", keep: "讓它用到這一天為止，最多一年", refuse: "一直停用，不再提醒")
    public static let en = DefaultTokenWords(
        heading: "The default token of EasyImages",
        used: "Everybody knows the token {token}, which came with EasyImages, so it is refused here. Uploads with it in the old site's logs: {count}, the last on {day}. Programs that still use it cannot upload now.",
        unknown: "Everybody knows the token {token}, which came with EasyImages, so it is refused here. The old site has no logs of uploads, so nothing tells how many programs use it; they cannot upload now.",
        decide: "Decide on the server what becomes of it:", replace: "makes a new one, to be put into these programs",
        keep: "lets it work until the end of that day, at most a year from now", refuse: "refuses it for good and ends this notice")
}
