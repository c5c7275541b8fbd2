// Why the API refuses a request, and what to do.

/// Meanings of error messages on the API page.
public struct APIErrorWords: WordGroup {
    public let noFile: String
    public let fileType: String
    public let fileTooLarge: String
    public let tooManyPixels: String
    public let fileTooSmall: String
    public let tooManyFiles: String
    public let videosOff: String
    public let quota: String
    public let repeatedToken: String
    public let expires: String
    public let multipart: String
    public let cutShort: String
    public let loginRequired: String
    public let invalidKey: String
    public let scope: String
    public let fileNotFound: String
    public let linkUsed: String
    public let oldLinks: String
    public let unfinished: String
    public let parameter: String
    public let cursor: String
    public let json: String
    public let jsonFileNotFound: String
    public let versionNotFound: String
    public let contentTooLarge: String
    public let newerVersion: String
    public let precondition: String
    public let range: String
    public let keyReused: String
    public let keyInUse: String
    public let keyOfDeleted: String
    public let keyOfPiece: String
    public let tusVersion: String
    public let uploadNotFound: String
    public let uploadExpired: String
    public let uploadLocked: String
    public let tooManyBytes: String
    public let checksum: String
    public let otherOffset: String
    public let otherType: String
    public let deferredLength: String
    public let unfinishedUploads: String
    public let deviceNotFound: String
    public let conflictNotFound: String
    public let resolved: String
    public let method: String
    public let failure: String
    public let busy: String
    public let moving: String
    public let full: String
    public let body: String
    public let badRequest: String
    public let timeout: String
    public let longAddress: String
    public let longHeaders: String
    public let tooMany: String
    public let limit: String
    public let unsupported: String
    public let noResponder: String
    public let slowResponder: String
    public let address: String
    public let closed: String
    public let expired: String
    public let activeGraphic: String
    public let blocked: String
    public let piece: String
    public let pieces: String
    public let oneFile: String
    public let numberUnlisted: String
    public let numbersClosed: String
    public let unhealthy: String

    public static let zhCN = APIErrorWords(
        noFile: "未上传文件", fileType: "不支持的文件类型（由内容判断）", fileTooLarge: "文件大小或尺寸超过限制",
        tooManyPixels: "图片像素过多，或者过宽、过高", fileTooSmall: "图片尺寸小于限制", tooManyFiles: "一个表单中的文件过多，全部没有保存", videosOff: "视频上传已禁用", quota: "账号的空间或文件数已达上限，detail 中有已用和上限",
        repeatedToken: "token 重复", expires: "expires 无法识别，或者太短、太长", multipart: "表单格式有误，后面是原因", cutShort: "请求体不完整，请重新发送", loginRequired: "未提供有效认证", invalidKey: "API 密钥无效",
        scope: "API 密钥没有这个权限，请创建另一个", fileNotFound: "文件不存在", linkUsed: "删除链接无效或已使用", oldLinks: "一分钟内无效的旧链接过多，请稍后再试",
        unfinished: "删除未完成，请再次请求同一链接", parameter: "参数缺失或无效，后面是参数名",
        cursor: "cursor 不是这个列表的 next_cursor：排序和筛选参数须与之前相同；去掉 cursor 从头开始", json: "不是有效的 JSON；detail 说明位置", jsonFileNotFound: "文件不存在或已删除",
        versionNotFound: "没有这个版本，或其内容已清除", contentTooLarge: "内容超过 50 MB", newerVersion: "服务器上有更新的版本：先拉取再推送",
        precondition: "If-Match 或 If-None-Match 的条件不成立", range: "没有请求的部分", keyReused: "Idempotency-Key 已用于另一个请求",
        keyInUse: "同一个 Idempotency-Key 的上传正在进行", keyOfDeleted: "以此 Idempotency-Key 上传的文件已删除",
        keyOfPiece: "分片上传不支持 Idempotency-Key，请一次发送整个文件", tusVersion: "不支持的 tus 版本",
        uploadNotFound: "没有这个上传，或它属于别人", uploadExpired: "上传已过期，请重新开始", uploadLocked: "另一个请求正在写入，请稍后重试",
        tooManyBytes: "字节数超过 Upload-Length", checksum: "校验和不符，请重新发送这段字节", otherOffset: "起始位置不符；从 Upload-Offset 头给出的位置继续",
        otherType: "请求体的类型不对", deferredLength: "开始时必须说明文件大小", unfinishedUploads: "未完成的上传过多，请先完成或放弃一些", deviceNotFound: "设备不存在",
        conflictNotFound: "冲突不存在", resolved: "冲突已用其他方式解决", method: "不支持的请求方法", failure: "服务器出错；日志里有原因", busy: "服务器正忙，请按 Retry-After 重试",
        moving: "本站正在迁移数据库，期间不接受更改，请按 Retry-After 重试",
        full: "服务器空间不足", body: "请求体过大", badRequest: "请求格式有误", timeout: "请求发送过慢", longAddress: "请求地址过长", longHeaders: "请求头过长",
        tooMany: "同时的连接过多，请稍后再试", limit: "这个地址、密钥或账号的请求过于频繁；detail 说明上限，请等待 Retry-After 秒", unsupported: "不支持的 HTTP 版本、传输方式或 Expect 头", noResponder: "服务暂时不可用，请稍后再试", slowResponder: "服务器没有及时回答",
        address: "本站不接受来自此地址的上传", closed: "管理员关闭了这个接口", expired: "密钥已过期", activeGraphic: "SVG 含有脚本或外部内容", blocked: "文件在禁止列表中",
        piece: "分片参数有误", pieces: "未完成的分片上传过多", oneFile: "一次只能上传一个文件", numberUnlisted: "不开放这个数字，或没有这个名称", numbersClosed: "管理员没有开启开放数据",
        unhealthy: "本站暂时不能提供服务；日志里有原因")

    public static let zhTW = APIErrorWords(
        noFile: "未上傳檔案", fileType: "不支援的檔案類型（由內容判斷）", fileTooLarge: "檔案大小或尺寸超過限制",
        tooManyPixels: "圖片像素過多，或者過寬、過高", fileTooSmall: "圖片尺寸小於限制", tooManyFiles: "一個表單中的檔案過多，全部沒有儲存", videosOff: "影片上傳已禁用", quota: "帳號的空間或檔案數已達上限，detail 中有已用和上限",
        repeatedToken: "token 重複", expires: "expires 無法識別，或者太短、太長", multipart: "表單格式有誤，後面是原因", cutShort: "請求內容不完整，請重新傳送", loginRequired: "未提供有效認證", invalidKey: "API 金鑰無效",
        scope: "API 金鑰沒有這個權限，請建立另一個", fileNotFound: "檔案不存在", linkUsed: "刪除連結無效或已使用", oldLinks: "一分鐘內無效的舊連結過多，請稍後再試",
        unfinished: "刪除未完成，請再次請求同一連結", parameter: "參數缺失或無效，後面是參數名",
        cursor: "cursor 不是這個列表的 next_cursor：排序和篩選參數須與之前相同；去掉 cursor 從頭開始", json: "不是有效的 JSON；detail 說明位置", jsonFileNotFound: "檔案不存在或已刪除",
        versionNotFound: "沒有這個版本，或其內容已清除", contentTooLarge: "內容超過 50 MB", newerVersion: "伺服器上有更新的版本：先拉取再推送",
        precondition: "If-Match 或 If-None-Match 的條件不成立", range: "沒有請求的部分", keyReused: "Idempotency-Key 已用於另一個請求",
        keyInUse: "同一個 Idempotency-Key 的上傳正在進行", keyOfDeleted: "以此 Idempotency-Key 上傳的檔案已刪除",
        keyOfPiece: "分片上傳不支援 Idempotency-Key，請一次傳送整個檔案", tusVersion: "不支援的 tus 版本",
        uploadNotFound: "沒有這個上傳，或它屬於別人", uploadExpired: "上傳已過期，請重新開始", uploadLocked: "另一個請求正在寫入，請稍後重試",
        tooManyBytes: "位元組數超過 Upload-Length", checksum: "校驗和不符，請重新傳送這段位元組", otherOffset: "起始位置不符；從 Upload-Offset 頭給出的位置繼續",
        otherType: "請求內容的類型不對", deferredLength: "開始時必須說明檔案大小", unfinishedUploads: "未完成的上傳過多，請先完成或放棄一些", deviceNotFound: "裝置不存在",
        conflictNotFound: "衝突不存在", resolved: "衝突已用其他方式解決", method: "不支援的請求方法", failure: "伺服器出錯；記錄裡有原因", busy: "伺服器正忙，請按 Retry-After 重試",
        moving: "本站正在遷移資料庫，期間不接受變更，請按 Retry-After 重試",
        full: "伺服器空間不足", body: "請求內容過大", badRequest: "請求格式有誤", timeout: "請求傳送過慢", longAddress: "請求網址過長", longHeaders: "標頭過長",
        tooMany: "同時的連線過多，請稍後再試", limit: "這個位址、金鑰或帳號的請求過於頻繁；detail 說明上限，請等待 Retry-After 秒", unsupported: "不支援的 HTTP 版本、傳輸方式或 Expect 標頭", noResponder: "服務暫時不可用，請稍後再試", slowResponder: "伺服器沒有及時回答",
        address: "本站不接受來自此位址的上傳", closed: "管理員關閉了這個介面", expired: "金鑰已過期", activeGraphic: "SVG 含有指令碼或外部內容", blocked: "檔案在禁止列表中",
        piece: "分片參數有誤", pieces: "未完成的分片上傳過多", oneFile: "一次只能上傳一個檔案", numberUnlisted: "不開放這個數字，或沒有這個名稱", numbersClosed: "管理員沒有開啟開放資料",
        unhealthy: "本站暫時不能提供服務；記錄裡有原因")

    public static let en = APIErrorWords(
        noFile: "No file was sent, or an empty one.", fileType: "The file's type is not supported; its content decides.",
        fileTooLarge: "The file or the picture is over the site's limit.",
        tooManyPixels: "The picture has too many pixels, or is too wide or too high.", fileTooSmall: "The picture is smaller than the site takes.",
        tooManyFiles: "The form holds too many files; none was stored.",
        videosOff: "The site takes no videos.", quota: "The account stores as much as it may; detail tells used and limit.", repeatedToken: "The field token was sent twice.",
        expires: "The field expires cannot be read, or is too short, too long or sent twice.",
        multipart: "The form is malformed; what follows says how.", cutShort: "The request ended too early: send it again.",
        loginRequired: "There is no valid key or session.", invalidKey: "The key in the header is not valid.",
        scope: "The key lacks this scope: create another one.", fileNotFound: "There is no such file.",
        linkUsed: "The link is unknown, or was used before.", oldLinks: "Too many unknown links of EasyImages within a minute.",
        unfinished: "Call the same link again; it goes on.", parameter: "A parameter is missing or not valid; its name follows.",
        cursor: "The cursor is not of this list: order and filters must be those of before; without a cursor the list begins anew.",
        json: "The content is not valid JSON; detail says where.", jsonFileNotFound: "There is no such file, or it was deleted.",
        versionNotFound: "There is no such version, or its content was removed.", contentTooLarge: "The content is over 50 MB.",
        newerVersion: "There is a newer version: pull it first.",
        precondition: "The condition of If-Match or If-None-Match does not hold.", range: "The part that was asked for is not there.",
        keyReused: "The key was used for another request.", keyInUse: "The first upload with this key is not finished yet.",
        keyOfDeleted: "The file that was uploaded with this key was deleted since.",
        keyOfPiece: "Send the whole file at once, or without the header.", tusVersion: "This version of tus is not supported.",
        uploadNotFound: "There is no such upload, or it is somebody else's.",
        uploadExpired: "The upload was not continued in time: begin it anew.", uploadLocked: "Another request is writing: try again.",
        tooManyBytes: "More bytes than announced.", checksum: "The bytes differ from the checksum: send them again.",
        otherOffset: "The offset is another one: go on at that in the header Upload-Offset.", otherType: "The body is of another type.",
        deferredLength: "The size must be announced.", unfinishedUploads: "Finish or remove other uploads first.",
        deviceNotFound: "There is no such device.", conflictNotFound: "There is no such conflict.",
        resolved: "The conflict was resolved in another way.", method: "The path does not take this method.",
        failure: "The server failed; its log has the reason.", busy: "The server is busy: repeat after Retry-After seconds.",
        moving: "The site's database is being moved, and nothing is changed meanwhile: repeat after Retry-After seconds.",
        full: "The server is out of space.", body: "The request's body is over the limit.",
        badRequest: "The web server cannot read the request.", timeout: "The request came too slowly.",
        longAddress: "The address is too long.", longHeaders: "The headers are too long.",
        tooMany: "Too many connections from one address.",
        limit: "The address, the key or the account has reached a limit: detail names it; wait for Retry-After seconds.", unsupported: "This version of HTTP, transfer coding or expectation is not supported.",
        noResponder: "The service is not available at the moment.", slowResponder: "The service did not answer in time.",
        address: "The site takes no uploads from this address.", closed: "The operator has closed this interface.",
        expired: "The key has expired.", activeGraphic: "The SVG holds scripts or loads something.",
        blocked: "The file is on the list of blocked ones.", piece: "The numbers of a piece are not valid.",
        pieces: "Too many uploads in pieces are unfinished.", oneFile: "One file at a time.",
        numberUnlisted: "This number is not public, or there is none of this name.",
        numbersClosed: "The operator has not opened the numbers.",
        unhealthy: "The site cannot serve requests at the moment; its log has the reason.")
}
