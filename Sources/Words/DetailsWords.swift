// The details of a file.

/// Texts of the details page.
public struct DetailsWords: WordGroup {
    public let missing: String
    public let missingHelp: String
    public let name: String
    public let size: String
    public let type: String
    public let pixels: String
    public let duration: String
    public let uploadedAt: String
    public let expiresAt: String
    public let views: String
    public let originalName: String
    public let path: String
    public let tooLargeForMD5: String
    public let noFileForMD5: String
    public let record: String
    public let noRecord: String
    public let sender: String
    public let browser: String
    public let way: String
    public let unlisted: String
    public let copyPicture: String
    public let code: String
    let codeOf: Template
    public let neighbours: String
    public let others: String

    public func code(of address: String) -> String { codeOf.filled(["address": address]) }

    public static let zhCN = DetailsWords(
        missing: "文件不存在", missingHelp: "它可能已被删除，或者地址不完整。", name: "名称", size: "大小", type: "类型", pixels: "尺寸", duration: "时长",
        uploadedAt: "上传时间", expiresAt: "到期时间", views: "浏览次数", originalName: "原始名称", path: "文件路径", tooLargeForMD5: "文件太大, 未计算",
        noFileForMD5: "未计算，文件已不在磁盘上", record: "上传日志", noRecord: "日志不存在", sender: "上传地址", browser: "浏览器", way: "上传方式",
        unlisted: "不列出：列表和广场里没有这个文件，有链接的人仍然可以打开。", copyPicture: "复制图片", code: "二维码", codeOf: "{address} 的二维码",
        neighbours: "前后的文件", others: "随便看看")
    public static let zhTW = DetailsWords(
        missing: "檔案不存在", missingHelp: "它可能已被刪除，或者網址不完整。", name: "名稱", size: "大小", type: "類型", pixels: "尺寸", duration: "長度",
        uploadedAt: "上傳時間", expiresAt: "到期時間", views: "瀏覽次數", originalName: "原始名稱", path: "檔案路徑", tooLargeForMD5: "檔案太大，未計算",
        noFileForMD5: "未計算，檔案已不在磁碟上", record: "上傳記錄", noRecord: "沒有記錄", sender: "上傳者位址", browser: "瀏覽器", way: "上傳方式",
        unlisted: "不列出：列表和廣場裡沒有這個檔案，有連結的人仍然可以開啟。", copyPicture: "複製圖片", code: "QR 碼", codeOf: "{address} 的 QR 碼",
        neighbours: "前後的檔案", others: "隨便看看")
    public static let en = DetailsWords(
        missing: "There is no such file", missingHelp: "It may have been deleted, or the address is incomplete.", name: "Name", size: "Size",
        type: "Type", pixels: "Pixels", duration: "Duration", uploadedAt: "Uploaded", expiresAt: "Expires", views: "Views", originalName: "Original name", path: "Path",
        tooLargeForMD5: "Not computed, the file is too large", noFileForMD5: "Not computed, the file is missing on the disk",
        record: "Upload record", noRecord: "There is no record", sender: "Sender's address", browser: "Browser", way: "Uploaded by",
        unlisted: "Unlisted: no list and no gallery shows this file; whoever has the link can still open it.", copyPicture: "Copy picture",
        code: "QR code", codeOf: "QR code of {address}", neighbours: "Files before and after", others: "More pictures")
}
