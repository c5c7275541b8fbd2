// The API page. Its headings and steps are those of the replaced page, which tutorials name.

/// Texts of the API page.
public struct APIWords: WordGroup {
    public let heading: String
    public let pictures: String
    public let views: String
    public let largest: String
    public let uploads: String
    public let contents: String
    public let overview: String
    public let overviewText: String
    public let machineReadable: String
    public let authentication: String
    public let authenticationText: String
    public let byToken: String
    public let byHeader: String
    public let byHeaderText: String
    public let bySession: String
    public let bySessionText: String
    public let howToGetKey: String
    let signInFirst: Template
    public let account: String
    public let stepCreate: String
    public let stepName: String
    public let stepCopy: String
    public let files: String
    public let resumable: String
    public let resumableText: String
    public let sync: String
    public let syncText: String
    public let easyImages: String
    public let watching: String
    public let parameters: String
    public let parameter: String
    public let type: String
    public let meaning: String
    public let place: String
    public let required: String
    public let inQuery: String
    public let inHeader: String
    public let inBody: String
    public let pictureTypes: String
    public let videoTypes: String
    public let samples: String
    public let answer: String
    public let answerPicture: String
    public let answerVideo: String
    public let answerEnding: String
    public let answerConflict: String
    public let answerLatest: String
    public let answerUpdates: String
    public let errors: String
    public let errorsText: String
    public let ownErrors: String
    public let commonErrors: String
    public let status: String
    public let message: String
    public let tryIt: String
    public let tryKey: String
    public let tryKeyLetters: String
    public let trySend: String
    public let tryWarning: String
    public let result: String
    let atMostBytes: Template
    let atMostCharacters: Template
    let between: Template
    let initialValue: Template

    public func signIn(on site: String) -> String { signInFirst.filled(["site": site]) }
    public func atMost(bytes count: Int) -> String { atMostBytes.filled(["count": "\(count)"]) }
    public func atMost(characters count: Int) -> String { atMostCharacters.filled(["count": "\(count)"]) }
    public func range(_ range: ClosedRange<Int>) -> String { between.filled(["least": "\(range.lowerBound)", "most": "\(range.upperBound)"]) }
    public func initially(_ value: String) -> String { initialValue.filled(["value": value]) }

    public static let zhCN = APIWords(
        heading: "API 接口", pictures: "图片总数", views: "总访问量", largest: "最大文件", uploads: "上传总数", contents: "目录", overview: "API 概览",
        overviewText: "API 支持跨域请求。上传使用 multipart/form-data，其他请求和所有响应使用 JSON 格式。", machineReadable: "供程序读取的 OpenAPI 3.1 描述",
        authentication: "认证方式", authenticationText: "上传接口需要身份验证。您可以通过以下三种方式进行认证：", byToken: "方式一：token 参数（推荐，与 EasyImages2.0 兼容）",
        byHeader: "方式二：X-API-Key 请求头", byHeaderText: "也可以用 Authorization: Bearer；密钥前后的空格不影响认证。", bySession: "方式三：会话认证（浏览器内使用）", bySessionText: "如果您在浏览器中已登录，上传页面会自动使用会话进行认证。",
        howToGetKey: "如何获取 API 密钥？", signInFirst: "登录 {site} 后访问", account: "个人中心", stepCreate: "在左侧「API 密钥」区块点击「创建密钥」按钮",
        stepName: "输入密钥名称（如：我的网站）", stepCopy: "复制生成的 API 密钥", files: "图片和视频", resumable: "断点续传（tus 1.0）",
        resumableText: "大文件在连接中断后可以继续上传。许多语言都有现成的 tus 客户端库。", sync: "JSON 文件同步",
        syncText: "在多个设备之间同步 JSON 文件：每次更新自动递增版本号，所有版本完整保留，同时修改时自动合并并记录冲突。", easyImages: "EasyImages 兼容接口", watching: "监控", parameters: "请求参数",
        parameter: "参数", type: "类型", meaning: "说明", place: "位置", required: "必填", inQuery: "查询参数", inHeader: "请求头", inBody: "请求体",
        pictureTypes: "支持的图片格式", videoTypes: "支持的视频格式", samples: "请求示例", answer: "响应示例", answerPicture: "响应示例（图片）",
        answerVideo: "响应示例（视频）", answerEnding: "响应示例（带 expires）", answerConflict: "冲突响应", answerLatest: "响应示例（最新版本）", answerUpdates: "响应示例（增量更新）", errors: "错误码",
        errorsText: "错误响应包含 result: \"error\"、code、error 和 detail。HTTP 状态与 code 相同；detail 用一句英文说明实际数值、上限和解决办法，程序请比较 error。EasyImages 兼容接口的错误格式不同，见各接口。", ownErrors: "此接口的错误", commonErrors: "所有接口都可能返回的错误",
        status: "状态", message: "消息", tryIt: "试一试", tryKey: "API 密钥（不会被保存；留空时使用登录会话）",
        tryKeyLetters: "密钥只有英文字母、数字和半角符号，没有空格", trySend: "发送", tryWarning: "这会真的上传文件。",
        result: "结果", atMostBytes: "最多 {count} 字节", atMostCharacters: "最多 {count} 个字符", between: "{least} 到 {most}",
        initialValue: "默认 {value}")

    public static let zhTW = APIWords(
        heading: "API 介面", pictures: "圖片總數", views: "總瀏覽量", largest: "最大檔案", uploads: "上傳總數", contents: "目錄", overview: "API 概覽",
        overviewText: "API 支援跨域請求。上傳使用 multipart/form-data，其他請求和所有回應使用 JSON 格式。", machineReadable: "供程式讀取的 OpenAPI 3.1 描述",
        authentication: "認證方式", authenticationText: "上傳介面需要身份驗證。您可以透過以下三種方式進行認證：", byToken: "方式一：token 參數（推薦，與 EasyImages2.0 相容）",
        byHeader: "方式二：X-API-Key 標頭", byHeaderText: "也可以用 Authorization: Bearer；金鑰前後的空格不影響驗證。", bySession: "方式三：工作階段認證（瀏覽器內使用）", bySessionText: "如果您在瀏覽器中已登入，上傳頁面會自動使用工作階段進行認證。",
        howToGetKey: "如何取得 API 金鑰？", signInFirst: "登入 {site} 後前往", account: "個人中心", stepCreate: "在左側「API 金鑰」區塊點選「建立金鑰」按鈕",
        stepName: "輸入金鑰名稱（如：我的網站）", stepCopy: "複製產生的 API 金鑰", files: "圖片和影片", resumable: "斷點續傳（tus 1.0）",
        resumableText: "大檔案在連線中斷後可以繼續上傳。許多語言都有現成的 tus 客戶端庫。", sync: "JSON 檔案同步",
        syncText: "在多個裝置之間同步 JSON 檔案：每次更新自動遞增版本號，所有版本完整保留，同時修改時自動合併並記錄衝突。", easyImages: "EasyImages 相容介面", watching: "監控", parameters: "請求參數",
        parameter: "參數", type: "類型", meaning: "說明", place: "位置", required: "必填", inQuery: "查詢參數", inHeader: "標頭", inBody: "請求內容",
        pictureTypes: "支援的圖片格式", videoTypes: "支援的影片格式", samples: "請求範例", answer: "回應範例", answerPicture: "回應範例（圖片）",
        answerVideo: "回應範例（影片）", answerEnding: "回應範例（帶 expires）", answerConflict: "衝突回應", answerLatest: "回應範例（最新版本）", answerUpdates: "回應範例（增量更新）", errors: "錯誤碼",
        errorsText: "錯誤回應包含 result: \"error\"、code、error 和 detail。HTTP 狀態與 code 相同；detail 用一句英文說明實際數值、上限和解決辦法，程式請比較 error。EasyImages 相容介面的錯誤格式不同，見各介面。", ownErrors: "此介面的錯誤", commonErrors: "所有介面都可能回傳的錯誤",
        status: "狀態", message: "訊息", tryIt: "試一試", tryKey: "API 金鑰（不會被儲存；留空時使用登入工作階段）",
        tryKeyLetters: "金鑰只有英文字母、數字和半形符號，沒有空格", trySend: "傳送", tryWarning: "這會真的上傳檔案。",
        result: "結果", atMostBytes: "最多 {count} 位元組", atMostCharacters: "最多 {count} 個字元", between: "{least} 到 {most}",
        initialValue: "預設 {value}")

    public static let en = APIWords(
        heading: "API", pictures: "Pictures", views: "Views", largest: "Largest file", uploads: "Uploads", contents: "Contents",
        overview: "Overview",
        overviewText: "Pages of other sites may call the API. Uploads are multipart/form-data, all other requests and all answers are JSON.",
        machineReadable: "The same as OpenAPI 3.1, for programs", authentication: "Authentication",
        authenticationText: "Uploads need a key or a session. There are three ways:",
        byToken: "1. The field token (as in EasyImages 2.0)", byHeader: "2. The header X-API-Key",
        byHeaderText: "Authorization: Bearer works too; blanks around a key do not matter.", bySession: "3. The browser's session",
        bySessionText: "The upload page of a signed-in user uses the session by itself.", howToGetKey: "How to get an API key",
        signInFirst: "Sign in to {site} and open", account: "Account", stepCreate: "On the left, under “API keys”, choose “Create key”",
        stepName: "Enter a name for it, such as “My website”", stepCopy: "Copy the API key", files: "Pictures and videos",
        resumable: "Resumable uploads (tus 1.0)",
        resumableText: "Large files go on after a lost connection. There are libraries for most languages.", sync: "JSON file sync",
        syncText: "Several devices share JSON files: every update is a new version, all versions are kept, and concurrent changes are merged and recorded as conflicts.",
        easyImages: "For EasyImages clients", watching: "For programs that watch the site", parameters: "Parameters", parameter: "Parameter", type: "Type", meaning: "Meaning",
        place: "Where", required: "required", inQuery: "query", inHeader: "header", inBody: "body", pictureTypes: "Picture formats",
        videoTypes: "Video formats", samples: "Samples", answer: "Answer", answerPicture: "Answer (picture)",
        answerVideo: "Answer (video)", answerEnding: "Answer (with expires)", answerConflict: "Answer (conflict)", answerLatest: "Answer (newest version)",
        answerUpdates: "Answer (updates)", errors: "Errors",
        errorsText: "An error holds result: \"error\", code, error and detail. The HTTP status equals code; detail says in an English sentence what was sent, what the limit is, and what to do. Programs compare error. The addresses for EasyImages clients answer in another form, which is described there.", ownErrors: "Errors of this request",
        commonErrors: "Errors of every request", status: "Status", message: "Message", tryIt: "Try it",
        tryKey: "API key (not stored; without one your session is used)",
        tryKeyLetters: "A key has English letters, digits and punctuation, and no blanks", trySend: "Send", tryWarning: "This really uploads the file.",
        result: "Result", atMostBytes: "at most {count} bytes", atMostCharacters: "at most {count} characters",
        between: "{least} to {most}", initialValue: "{value} when missing")
}
