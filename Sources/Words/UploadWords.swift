// The upload page as it comes from the server; what its scripts say is in QueueWords.swift.

/// Texts of the upload page.
public struct UploadWords: WordGroup {
    public let heading: String
    public let drop: String
    public let chooseFiles: String
    public let camera: String
    /// Sends the form where no scripts run.
    public let upload: String
    public let holdBack: String
    /// After which time files are deleted, and what can be chosen.
    public let expires: String
    public let never: String
    public let oneHour: String
    public let oneDay: String
    let manyDays: Template
    let longestOfVisitors: Template
    public let noSuchTerm: String
    public let start: String
    public let goOn: String
    public let signIn: String
    public let queue: String
    public let pauseAll: String
    public let retryFailed: String
    public let clearDone: String
    public let fileName: String
    public let links: String
    public let link: String
    public let bbcode: String
    public let thumbnail: String
    public let deleteLink: String
    public let custom: String
    public let preset: String
    public let template: String
    public let copyAll: String
    public let download: String
    /// Above the operator's notice.
    public let notice: String
    /// Above the answer to a form without a file.
    public let noFile: String
    /// Beside the name of a file that the form sent again: its first sending is at work; it was deleted after it.
    public let atWork: String
    public let deletedSince: String
    let named: Template
    let sizeOfForm: Template
    let imageLimit: Template
    let videoLimit: Template
    let countLimit: Template

    /// "图片 ≤ 50 MB，视频 ≤ 500 MB，一次最多 30 个".
    ///
    /// - Parameters:
    ///   - images: the size of the largest picture, such as "50 MB".
    ///   - videos: nil where no videos are taken.
    public func limits(images: String, videos: String?, files: Int) -> String {
        let sizes = [imageLimit.filled(["size": images])] + (videos.map { [videoLimit.filled(["size": $0])] } ?? [])
        return (sizes + [countLimit.filled(["count": "\(files)"])]).joined(separator: separator)
    }

    let separator: String

    public func days(_ number: Int) -> String { number == 1 ? oneDay : manyDays.filled(["days": "\(number)"]) }

    /// How long files are kept that somebody uploads who is not signed in.
    public func longest(days number: Int) -> String { longestOfVisitors.filled(["term": days(number)]) }

    /// "a.jpg: too large".
    public func line(on name: String, _ reason: String) -> String { named.filled(["name": name, "reason": reason]) }

    /// The limit of a form that is sent without scripts.
    public func formLimit(size: String) -> String { sizeOfForm.filled(["size": size]) }

    public static let zhCN = UploadWords(
        heading: "上传图片和视频", drop: "拖到这里，按 Ctrl+V 粘贴，或者", chooseFiles: "选择文件", camera: "拍照", upload: "上传", holdBack: "先不上传",
        expires: "保留时间", never: "永久", oneHour: "1 小时", oneDay: "1 天", manyDays: "{days} 天", longestOfVisitors: "访客上传的文件最多保留 {term}", noSuchTerm: "没有这样的保留时间",
        start: "开始上传", goOn: "继续", signIn: "登录", queue: "队列", pauseAll: "全部暂停", retryFailed: "重试失败的", clearDone: "清除已完成",
        fileName: "文件名", links: "链接", link: "直链", bbcode: "论坛代码", thumbnail: "缩略图", deleteLink: "删除链接", custom: "自定义", preset: "预设",
        template: "模板", copyAll: "复制全部", download: "下载 .txt", notice: "公告", noFile: "没有选择文件", atWork: "上一次发送还在处理，请稍后刷新页面", deletedSince: "上传后已被删除", named: "{name}：{reason}", sizeOfForm: "一次发送的文件总共 ≤ {size}", imageLimit: "图片 ≤ {size}", videoLimit: "视频 ≤ {size}",
        countLimit: "一次最多 {count} 个", separator: "，")
    public static let zhTW = UploadWords(
        heading: "上傳圖片和影片", drop: "拖到這裡，按 Ctrl+V 貼上，或者", chooseFiles: "選擇檔案", camera: "拍照", upload: "上傳", holdBack: "先不上傳",
        expires: "保留時間", never: "永久", oneHour: "1 小時", oneDay: "1 天", manyDays: "{days} 天", longestOfVisitors: "訪客上傳的檔案最多保留 {term}", noSuchTerm: "沒有這樣的保留時間",
        start: "開始上傳", goOn: "繼續", signIn: "登入", queue: "佇列", pauseAll: "全部暫停", retryFailed: "重試失敗的", clearDone: "清除已完成",
        fileName: "檔案名稱", links: "連結", link: "直接連結", bbcode: "論壇代碼", thumbnail: "縮圖", deleteLink: "刪除連結", custom: "自訂", preset: "預設範本",
        template: "範本", copyAll: "複製全部", download: "下載 .txt", notice: "公告", noFile: "沒有選擇檔案", atWork: "上一次傳送還在處理，請稍後重新整理頁面", deletedSince: "上傳後已被刪除", named: "{name}：{reason}", sizeOfForm: "一次傳送的檔案總共 ≤ {size}", imageLimit: "圖片 ≤ {size}", videoLimit: "影片 ≤ {size}",
        countLimit: "一次最多 {count} 個", separator: "，")
    public static let en = UploadWords(
        heading: "Upload pictures and videos", drop: "Drop here, paste with Ctrl+V, or", chooseFiles: "Choose files", camera: "Camera",
        upload: "Upload", holdBack: "Do not start yet", expires: "Delete after", never: "never", oneHour: "1 hour", oneDay: "1 day",
        manyDays: "{days} days", longestOfVisitors: "Files of visitors are kept for at most {term}", noSuchTerm: "There is no such time after which it could be deleted", start: "Start", goOn: "Continue", signIn: "Sign in", queue: "Queue", pauseAll: "Pause all",
        retryFailed: "Retry failed", clearDone: "Clear finished", fileName: "File name", links: "Links", link: "Link", bbcode: "BBCode",
        thumbnail: "Thumbnail", deleteLink: "Delete link", custom: "Custom", preset: "Preset", template: "Template", copyAll: "Copy all",
        download: "Download .txt", notice: "Notice", noFile: "No file was chosen", atWork: "It was sent before and is still being processed, reload in a moment",
        deletedSince: "Deleted since it was uploaded", named: "{name}: {reason}",
        sizeOfForm: "All files of one form together: at most {size}", imageLimit: "pictures ≤ {size}", videoLimit: "videos ≤ {size}", countLimit: "at most {count} at a time",
        separator: ", ")
}
