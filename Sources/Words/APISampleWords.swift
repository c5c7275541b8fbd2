// Words for people in the samples of the API page. Each fills the hole of its name.

/// Texts in samples.
public struct APISampleWords: WordGroup {
    public let withImage: String
    public let withHeader: String
    public let withEnd: String
    public let key: String
    public let submit: String
    public let address: String
    public let thumbnail: String
    public let deletion: String
    public let failed: String
    public let show: String
    public let uploadPicture: String
    public let listFiles: String
    public let total: String
    public let useLink: String
    public let deleted: String
    public let notDeleted: String
    public let phone: String
    public let newPhone: String
    public let changedTheme: String
    public let newestVersion: String
    public let updatesSince: String
    public let keepLocal: String
    public let mergeByHand: String

    public static let zhCN = APISampleWords(
        withImage: "使用 image 字段名", withHeader: "使用 file 字段名 + X-API-Key 头", withEnd: "7 天后删除", key: "API密钥", submit: "上传", address: "文件地址", thumbnail: "缩略图",
        deletion: "删除链接", failed: "上传失败", show: "显示图片", uploadPicture: "上传图片", listFiles: "获取文件列表", total: "总数",
        useLink: "使用上传返回的 del 链接直接删除", deleted: "删除成功", notDeleted: "删除失败", phone: "我的手机", newPhone: "新手机", changedTheme: "更新主题设置",
        newestVersion: "获取最新版本", updatesSince: "获取增量更新", keepLocal: "保留本地版本", mergeByHand: "自定义合并")

    public static let zhTW = APISampleWords(
        withImage: "使用 image 欄位名", withHeader: "使用 file 欄位名 + X-API-Key 頭", withEnd: "7 天後刪除", key: "API金鑰", submit: "上傳", address: "檔案網址", thumbnail: "縮圖",
        deletion: "刪除連結", failed: "上傳失敗", show: "顯示圖片", uploadPicture: "上傳圖片", listFiles: "取得檔案列表", total: "總數",
        useLink: "使用上傳回傳的 del 連結直接刪除", deleted: "刪除成功", notDeleted: "刪除失敗", phone: "我的手機", newPhone: "新手機", changedTheme: "更新主題設定",
        newestVersion: "取得最新版本", updatesSince: "取得增量更新", keepLocal: "保留本地版本", mergeByHand: "自訂合併")

    public static let en = APISampleWords(
        withImage: "With the field image", withHeader: "With the field file and the header X-API-Key", withEnd: "Deleted after 7 days", key: "API key", submit: "Upload",
        address: "File", thumbnail: "Thumbnail", deletion: "Delete link", failed: "Upload failed", show: "Show the picture",
        uploadPicture: "Upload a picture", listFiles: "List files", total: "Total",
        useLink: "Delete with the link that the upload answered with", deleted: "Deleted", notDeleted: "Not deleted", phone: "My phone",
        newPhone: "New phone", changedTheme: "Changed the theme", newestVersion: "The newest version", updatesSince: "The versions since",
        keepLocal: "Keep local", mergeByHand: "Merge by hand")
}
