// What the scripts of the upload page say: states of a file, why one was refused or has to wait, what is read out.

/// Texts of `upload.js` and its modules, which take them by these names.
public struct QueueWords: WordGroup {
    // States and buttons
    public let waiting: String
    public let heldBack: String
    public let processing: String
    public let cancelling: String
    public let done: String
    public let duplicate: String
    public let cancelled: String
    public let paused: String
    public let chooseSame: String
    public let chooseFile: String
    public let elsewhere: String
    public let retry: String
    public let remove: String
    public let pauseAll: String
    public let goOn: String
    // Numbers. `retryAfter` has the holes reason, seconds, tries, all
    public let retryAfter: Template
    public let goesOnIn: Template
    public let secondsLeft: Template
    public let minutesLeft: Template
    public let countFiles: Template
    public let countDone: Template
    public let countFailed: Template
    // Read out
    public let begun: Template
    public let percentDone: Template
    public let endedWell: Template
    public let endedWithFailures: Template
    public let copiedAll: Template
    // Why a file waits
    public let connectionLost: String
    public let serverBusy: String
    public let tooManyRequests: String
    public let diskFull: String
    public let signInToGoOn: String
    public let otherTab: String
    // Why a file was refused
    public let tooLarge: Template
    public let tooLargeForServer: String
    public let wrongType: Template
    /// Of a file whose name says that it is one of those types.
    public let wrongContent: String
    public let emptyFile: String
    public let damagedPicture: String
    public let tooManyPixels: String
    public let tooFewPixels: String
    public let activeGraphic: String
    public let blockedFile: String
    public let addressRefused: String
    public let dailyLimit: Template
    /// With the holes used and limit, the next one size and limit
    public let quotaFiles: Template
    public let quotaBytes: Template
    public let fileUnreadable: String
    public let refusedByServer: Template
    // Messages
    public let batchLimit: Template
    public let passedOver: Template
    public let alreadyThere: Template
    public let notSameFile: Template
    public let tooLateToCancel: Template
    public let historyFull: String
    public let ownTemplate: String
    // The sheet with the links on phones
    public let fold: String
    public let unfold: String

    public static let zhCN = QueueWords(
        waiting: "等待中", heldBack: "尚未开始", processing: "处理中…", cancelling: "正在取消…", done: "完成", duplicate: "已经上传过", cancelled: "已取消",
        paused: "已暂停", chooseSame: "选择同一个文件以继续", chooseFile: "选择文件", elsewhere: "正在另一个标签页中上传", retry: "重试", remove: "移除",
        pauseAll: "全部暂停", goOn: "继续",
        retryAfter: "{reason}，{seconds} 秒后重试 ({tries}/{all})", goesOnIn: "{reason}，{seconds} 秒后重试", secondsLeft: "剩 {seconds} 秒",
        minutesLeft: "剩 {minutes} 分钟", countFiles: "{count} 个", countDone: "{count} 完成", countFailed: "{count} 失败",
        begun: "开始上传 {count} 个文件", percentDone: "已上传 {percent}%", endedWell: "{done} 个文件已上传",
        endedWithFailures: "上传结束：{done} 个完成，{failed} 个失败", copiedAll: "已复制 {count} 个链接",
        connectionLost: "网络断开", serverBusy: "服务器正忙", tooManyRequests: "操作过于频繁", diskFull: "服务器空间不足，请告诉管理员",
        signInToGoOn: "请登录后继续", otherTab: "另一个标签页正在上传，这里的文件随后开始",
        tooLarge: "文件太大：{size}，最多 {limit}", tooLargeForServer: "文件太大，服务器不接收", wrongType: "不支持的格式：可以上传 {types}", wrongContent: "内容不是能上传的图片或视频，可能已损坏，或者扩展名不对",
        emptyFile: "文件是空的", damagedPicture: "图片已损坏，无法打开", tooManyPixels: "图片的宽或高超过上限，请缩小后再上传",
        tooFewPixels: "图片的宽或高低于下限", activeGraphic: "SVG 中有脚本或外部内容，不能上传", blockedFile: "这个文件已被禁止上传",
        addressRefused: "您的网络地址不允许上传", dailyLimit: "今天的上传数量已用完（每天 {limit} 个）", quotaFiles: "账号的文件数已达上限（{used}/{limit}），请先删除一些，或请管理员提高限额", quotaBytes: "账号的空间不足：已用 {size}，最多 {limit}，请先删除一些文件，或请管理员提高限额",
        fileUnreadable: "无法读取文件，可能已移动或修改，请重新选择",
        refusedByServer: "服务器拒绝了这个文件（{status}）",
        batchLimit: "一次最多 {limit} 个文件，其余的没有加入", passedOver: "{count} 个不支持的文件没有加入", alreadyThere: "{count} 个文件已在队列中",
        notSameFile: "{name} 不是同一个文件，不能接着上传", tooLateToCancel: "{name} 已经上传完成，无法取消", historyFull: "浏览器存储已满或不可用，这次上传没有记入历史",
        ownTemplate: "自己的模板", fold: "收起", unfold: "展开")
    public static let zhTW = QueueWords(
        waiting: "等待中", heldBack: "尚未開始", processing: "處理中…", cancelling: "正在取消…", done: "完成", duplicate: "已經上傳過", cancelled: "已取消",
        paused: "已暫停", chooseSame: "選擇同一個檔案以繼續", chooseFile: "選擇檔案", elsewhere: "正在另一個分頁中上傳", retry: "重試", remove: "移除",
        pauseAll: "全部暫停", goOn: "繼續",
        retryAfter: "{reason}，{seconds} 秒後重試 ({tries}/{all})", goesOnIn: "{reason}，{seconds} 秒後重試", secondsLeft: "剩 {seconds} 秒",
        minutesLeft: "剩 {minutes} 分鐘", countFiles: "{count} 個", countDone: "{count} 完成", countFailed: "{count} 失敗",
        begun: "開始上傳 {count} 個檔案", percentDone: "已上傳 {percent}%", endedWell: "{done} 個檔案已上傳",
        endedWithFailures: "上傳結束：{done} 個完成，{failed} 個失敗", copiedAll: "已複製 {count} 個連結",
        connectionLost: "網路中斷", serverBusy: "伺服器忙碌中", tooManyRequests: "操作過於頻繁", diskFull: "伺服器空間不足，請告訴管理員",
        signInToGoOn: "請登入後繼續", otherTab: "另一個分頁正在上傳，這裡的檔案隨後開始",
        tooLarge: "檔案太大：{size}，最多 {limit}", tooLargeForServer: "檔案太大，伺服器不接收", wrongType: "不支援的格式：可以上傳 {types}", wrongContent: "內容不是能上傳的圖片或影片，可能已損壞，或者副檔名不對",
        emptyFile: "檔案是空的", damagedPicture: "圖片已損壞，無法開啟", tooManyPixels: "圖片的寬或高超過上限，請縮小後再上傳",
        tooFewPixels: "圖片的寬或高低於下限", activeGraphic: "SVG 中有指令碼或外部內容，不能上傳", blockedFile: "這個檔案已被禁止上傳",
        addressRefused: "您的網路位址不允許上傳", dailyLimit: "今天的上傳數量已用完（每天 {limit} 個）", quotaFiles: "帳號的檔案數已達上限（{used}/{limit}），請先刪除一些，或請管理員提高限額", quotaBytes: "帳號的空間不足：已用 {size}，最多 {limit}，請先刪除一些檔案，或請管理員提高限額",
        fileUnreadable: "無法讀取檔案，可能已移動或修改，請重新選擇",
        refusedByServer: "伺服器拒絕了這個檔案（{status}）",
        batchLimit: "一次最多 {limit} 個檔案，其餘的沒有加入", passedOver: "{count} 個不支援的檔案沒有加入", alreadyThere: "{count} 個檔案已在佇列中",
        notSameFile: "{name} 不是同一個檔案，不能接著上傳", tooLateToCancel: "{name} 已經上傳完成，無法取消", historyFull: "瀏覽器儲存空間已滿或無法使用，這次上傳沒有記入歷史",
        ownTemplate: "自己的範本", fold: "收起", unfold: "展開")
    public static let en = QueueWords(
        waiting: "Waiting", heldBack: "Not started", processing: "Processing…", cancelling: "Cancelling…", done: "Done",
        duplicate: "Uploaded before", cancelled: "Cancelled", paused: "Paused", chooseSame: "Choose the same file to continue",
        chooseFile: "Choose file", elsewhere: "Uploading in another tab", retry: "Retry", remove: "Remove", pauseAll: "Pause all",
        goOn: "Continue",
        retryAfter: "{reason}, retry in {seconds} s ({tries}/{all})", goesOnIn: "{reason}, retry in {seconds} s", secondsLeft: "{seconds} s left",
        minutesLeft: "{minutes} min left", countFiles: "Files: {count}", countDone: "{count} done", countFailed: "{count} failed",
        begun: "Uploading files: {count}", percentDone: "{percent}% uploaded", endedWell: "Files uploaded: {done}",
        endedWithFailures: "Finished: {done} uploaded, {failed} failed", copiedAll: "Links copied: {count}",
        connectionLost: "Offline", serverBusy: "The server is busy", tooManyRequests: "Too many requests",
        diskFull: "The server is out of space, please tell the administrator", signInToGoOn: "Sign in to continue",
        otherTab: "Another tab is uploading, the files here follow",
        tooLarge: "Too large: {size}, at most {limit}", tooLargeForServer: "Too large for the server",
        wrongType: "Not a supported type. Allowed: {types}",
        wrongContent: "Its content is no picture or video that can be uploaded: damaged, or the name is wrong", emptyFile: "The file is empty", damagedPicture: "The picture is damaged",
        tooManyPixels: "The picture is wider or higher than allowed, please make it smaller",
        tooFewPixels: "The picture is less wide or high than required", activeGraphic: "SVG with scripts or external content is not accepted",
        blockedFile: "This file is blocked", addressRefused: "Your network address may not upload",
        dailyLimit: "Today's uploads are used up ({limit} a day)",
        quotaFiles: "Your account has as many files as it may ({used} of {limit}). Please delete some, or ask an administrator for more", quotaBytes: "Not enough space in your account: {size} used, at most {limit}. Please delete some files, or ask an administrator for more",
        fileUnreadable: "The file cannot be read. If it was moved or changed, choose it again",
        refusedByServer: "The server refused this file ({status})",
        batchLimit: "At most {limit} files at a time, the others were not added", passedOver: "Files of other types, not added: {count}",
        alreadyThere: "Files that were in the queue already: {count}", notSameFile: "{name} is another file, it cannot be continued",
        tooLateToCancel: "{name} was uploaded already and cannot be cancelled",
        historyFull: "The browser has no storage left or allows none, so this upload is not in the history", ownTemplate: "Own template", fold: "Fold up", unfold: "Unfold")
}
