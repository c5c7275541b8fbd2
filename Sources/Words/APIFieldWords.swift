// The fields of the API.

/// Meanings of parameters on the API page.
public struct APIFieldWords: WordGroup {
    public let file: String
    public let otherFile: String
    public let onlyFile: String
    public let token: String
    public let expires: String
    public let key: String
    public let optionalKey: String
    public let page: String
    public let perPage: String
    public let cursor: String
    public let orderBy: String
    public let orderDirection: String
    public let kind: String
    public let search: String
    public let mine: String
    public let deletionToken: String
    public let pathOfPicture: String
    public let width: String
    public let height: String
    public let quality: String
    public let fit: String
    public let fileKey: String
    public let onlyFileKey: String
    public let content: String
    public let deviceID: String
    public let deviceName: String
    public let message: String
    public let baseVersion: String
    public let onConflict: String
    public let returnContent: String
    public let ifMatch: String
    public let createOnly: String
    public let ifNoneMatch: String
    public let idempotencyKey: String
    public let deviceHeader: String
    public let pullingDevice: String
    public let sinceVersion: String
    public let limit: String
    public let version: String
    public let contentHash: String
    public let raw: String
    public let changedDevice: String
    public let deviceAction: String
    public let newDeviceName: String
    public let resolved: String
    public let conflictID: String
    public let conflictAction: String
    public let customContent: String
    public let tusVersion: String
    public let uploadLength: String
    public let uploadMetadata: String
    public let uploadChecksum: String
    public let uploadOffset: String
    public let uploadID: String
    public let methodOverride: String
    public let oldToken: String
    public let number: String

    public static let zhCN = APIFieldWords(
        file: "要上传的文件（字段名支持 image 或 file；多个文件可重复字段，或用 image[]、file2 等名称）", otherFile: "image 的另一个名称", onlyFile: "只接受一个文件，字段名 image。",
        token: "API密钥（可替代 X-API-Key 头）", expires: "到期后删除文件：秒数、ISO 8601 时长（PT1H、P7D）或日期时间，从 60 秒到 10 年；省略则永久保留。响应和列表中的 expires_at 是删除时间",
        key: "API 密钥，也可以用 Authorization: Bearer", optionalKey: "API 密钥（可选）", page: "页码，从 1 开始", perPage: "每页数量",
        cursor: "上一次回答中的 next_cursor：从那里接着列出，期间的上传和删除不会造成重复或遗漏；此时 page 无效，排序和筛选参数须与上一次相同",
        orderBy: "排序字段",
        orderDirection: "排序方向", kind: "只列出图片或视频", search: "原始文件名的一部分", mine: "1：只列出自己的文件，需要密钥",
        deletionToken: "上传成功后返回的 del 链接中的 hash 参数", pathOfPicture: "图片路径，如 /uploads/2024/04/10gwv0y.webp", width: "宽度（像素），0 或省略时按比例",
        height: "高度（像素），0 或省略时按比例", quality: "质量", fit: "0 拉伸，1 裁剪，2 留白，3 按比例缩小", fileKey: "文件唯一标识（如 \"user_settings\"）",
        onlyFileKey: "只列出这个文件", content: "JSON内容（对象或字符串）", deviceID: "设备唯一标识", deviceName: "设备名称（可选）", message: "版本描述信息",
        baseVersion: "修改所基于的版本号", onConflict: "有更新的版本时：合并、拒绝，或合并时以服务器的值为准", returnContent: "在回答中返回合并后的内容", ifMatch: "只有最新版本的哈希与此相同时才写入",
        createOnly: "*：只有文件不存在时才写入", ifNoneMatch: "已有内容的哈希；没有变化时回答 304", idempotencyKey: "同一个值在一天内重复请求得到同样的回答",
        deviceHeader: "设备唯一标识，可替代 device_id", pullingDevice: "拉取的设备，让合并更准确", sinceVersion: "获取此版本之后的更新（用于增量同步）", limit: "最多返回的版本数",
        version: "版本号；省略时为最新版本", contentHash: "版本内容的 SHA-256", raw: "1：只返回内容", changedDevice: "要修改的设备",
        deviceAction: "rename 重命名，forget 移除", newDeviceName: "新的名称（rename 时必填）", resolved: "0=未解决，1=已解决", conflictID: "冲突ID",
        conflictAction: "保留本地、保留远程或自定义合并", customContent: "当 action=resolve_custom 时需要提供", tusVersion: "tus 协议版本",
        uploadLength: "文件大小（字节）", uploadMetadata: "filename 和值的 Base64；dialect 为 v1（默认）或 app；expires 同上传接口", uploadChecksum: "这段字节的校验和，如 sha1 加 Base64",
        uploadOffset: "这段字节的起始位置", uploadID: "上传地址中的 id",
        methodOverride: "网络只允许 GET 和 POST 时，以 POST 代替这个方法", oldToken: "API密钥", number: "要读取的数字")

    public static let zhTW = APIFieldWords(
        file: "要上傳的檔案（欄位名支援 image 或 file；多個檔案可重複欄位，或用 image[]、file2 等名稱）", otherFile: "image 的另一個名稱", onlyFile: "只接受一個檔案，欄位名 image。",
        token: "API金鑰（可替代 X-API-Key 標頭）", expires: "到期後刪除檔案：秒數、ISO 8601 時長（PT1H、P7D）或日期時間，從 60 秒到 10 年；省略則永久保留。回應和列表中的 expires_at 是刪除時間",
        key: "API 金鑰，也可以用 Authorization: Bearer", optionalKey: "API 金鑰（選填）", page: "頁碼，從 1 開始", perPage: "每頁數量",
        cursor: "上一次回答中的 next_cursor：從那裡接著列出，期間的上傳和刪除不會造成重複或遺漏；此時 page 無效，排序和篩選參數須與上一次相同",
        orderBy: "排序欄位",
        orderDirection: "排序方向", kind: "只列出圖片或影片", search: "原始檔名的一部分", mine: "1：只列出自己的檔案，需要金鑰", deletionToken: "上傳成功後回傳的 del 連結中的 hash 參數",
        pathOfPicture: "圖片路徑，如 /uploads/2024/04/10gwv0y.webp", width: "寬度（像素），0 或省略時按比例", height: "高度（像素），0 或省略時按比例", quality: "品質",
        fit: "0 拉伸，1 裁剪，2 留白，3 按比例縮小", fileKey: "檔案唯一標識（如 \"user_settings\"）", onlyFileKey: "只列出這個檔案", content: "JSON內容（物件或字串）",
        deviceID: "裝置唯一標識", deviceName: "裝置名稱（選填）", message: "版本描述資訊", baseVersion: "修改所基於的版本號", onConflict: "有更新的版本時：合併、拒絕，或合併時以伺服器的值為準",
        returnContent: "在回答中回傳合併後的內容", ifMatch: "只有最新版本的雜湊與此相同時才寫入", createOnly: "*：只有檔案不存在時才寫入", ifNoneMatch: "已有內容的雜湊；沒有變化時回答 304",
        idempotencyKey: "同一個值在一天內重複請求得到同樣的回答", deviceHeader: "裝置唯一標識，可替代 device_id", pullingDevice: "拉取的裝置，讓合併更準確",
        sinceVersion: "取得此版本之後的更新（用於增量同步）", limit: "最多回傳的版本數", version: "版本號；省略時為最新版本", contentHash: "版本內容的 SHA-256", raw: "1：只回傳內容",
        changedDevice: "要修改的裝置", deviceAction: "rename 重新命名，forget 移除", newDeviceName: "新的名稱（rename 時必填）", resolved: "0=未解決，1=已解決",
        conflictID: "衝突ID", conflictAction: "保留本地、保留遠端或自訂合併", customContent: "當 action=resolve_custom 時需要提供", tusVersion: "tus 協議版本",
        uploadLength: "檔案大小（位元組）", uploadMetadata: "filename 和值的 Base64；dialect 為 v1（預設）或 app；expires 同上傳介面",
        uploadChecksum: "這段位元組的校驗和，如 sha1 加 Base64", uploadOffset: "這段位元組的起始位置", uploadID: "上傳網址中的 id",
        methodOverride: "網路只允許 GET 和 POST 時，以 POST 代替這個方法", oldToken: "API金鑰",
        number: "要讀取的數字")

    public static let en = APIFieldWords(
        file: "The file to upload; the field may be called image or file. Several: the field again, or image[], file2 and the like.", otherFile: "Another name of image.",
        onlyFile: "One file, in the field image.",
        token: "The API key, instead of the header X-API-Key.",
        expires: "When the file is deleted: seconds, a duration (PT1H, P7D; ISO 8601) or a date or date-time, from 60 seconds to 10 years; never if missing. The answer and lists tell it as expires_at.",
        key: "The API key; Authorization: Bearer works too.",
        optionalKey: "The API key (optional).", page: "The page, from 1 on.", perPage: "Rows on a page.",
        cursor: "The next_cursor of the answer before: the list goes on there, and uploads and deletions meanwhile repeat and hide no file. The page "
            + "does not count then; order and filters must be those of before.",
        orderBy: "What the list is ordered by.", orderDirection: "Ascending or descending.", kind: "Only pictures, or only videos.",
        search: "A part of the original name.", mine: "1: only the caller's own files; needs a key.",
        deletionToken: "The parameter hash of the link del that the upload answered with.",
        pathOfPicture: "The picture's path, such as /uploads/2024/04/10gwv0y.webp.",
        width: "Width in pixels; 0 follows the picture's shape.", height: "Height in pixels; 0 follows the picture's shape.",
        quality: "Quality.", fit: "0 stretches, 1 crops, 2 pads, 3 shrinks in proportion.",
        fileKey: "The file's name, such as \"user_settings\".", onlyFileKey: "Only those of this file.",
        content: "The JSON content: a value, or its text in a string.", deviceID: "The device's id.",
        deviceName: "The device's name (optional).", message: "A description of the version.",
        baseVersion: "The version that the change was made from.",
        onConflict: "If there is a newer version: merge, reject, or merge and prefer the server's values.",
        returnContent: "Whether the answer holds the merged content.", ifMatch: "Writes only if the newest version has this hash.",
        createOnly: "*: writes only if there is no such file yet.",
        ifNoneMatch: "The hash of the content that the client has; if it is the same, the answer is 304.",
        idempotencyKey: "The same value again gets the same answer for a day.", deviceHeader: "The device's id, instead of device_id.",
        pullingDevice: "The device that asks; it makes merges more precise.", sinceVersion: "Answers with the versions above this one.",
        limit: "The most versions in one answer.", version: "The version's number; the newest if missing.",
        contentHash: "The SHA-256 of the version's content.", raw: "1: the content alone.", changedDevice: "The device to change.",
        deviceAction: "rename or forget.", newDeviceName: "The new name; required by rename.", resolved: "0: unresolved, 1: resolved.",
        conflictID: "The conflict's id.", conflictAction: "Keep local, keep remote, or merge by hand.",
        customContent: "Required by resolve_custom.", tusVersion: "The version of tus.", uploadLength: "Bytes of the file.",
        uploadMetadata: "Keys with values in Base64: filename; dialect, which is v1 (if missing) or app; expires, as in a form.",
        uploadChecksum: "The checksum of these bytes, such as sha1 and Base64.", uploadOffset: "Where these bytes begin.",
        uploadID: "The id in the upload's address.",
        methodOverride: "POST stands for this method, where a network passes GET and POST only.", oldToken: "The API key.", number: "Which number.")
}
