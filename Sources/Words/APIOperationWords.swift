// The operations of the API. The Chinese titles are those of the replaced page, which links and tutorials name.

/// Titles and summaries of the API page.
public struct APIOperationWords: WordGroup {
    public let upload: String
    public let uploadSummary: String
    public let list: String
    public let listSummary: String
    public let statistics: String
    public let statisticsSummary: String
    public let deletion: String
    public let deletionSummary: String
    public let thumbnail: String
    public let thumbnailSummary: String
    public let push: String
    public let pushSummary: String
    public let pull: String
    public let pullSummary: String
    public let deleteJSON: String
    public let deleteJSONSummary: String
    public let history: String
    public let historySummary: String
    public let version: String
    public let versionSummary: String
    public let devices: String
    public let devicesSummary: String
    public let changeDevice: String
    public let changeDeviceSummary: String
    public let conflicts: String
    public let conflictsSummary: String
    public let resolve: String
    public let resolveSummary: String
    public let createUpload: String
    public let createUploadSummary: String
    public let uploadOffset: String
    public let uploadOffsetSummary: String
    public let continueUpload: String
    public let continueUploadSummary: String
    public let removeUpload: String
    public let removeUploadSummary: String
    public let uploadOutcome: String
    public let uploadOutcomeSummary: String
    public let tokenUpload: String
    public let tokenUploadSummary: String
    public let number: String
    public let numberSummary: String
    public let health: String
    public let healthSummary: String
    public let metrics: String
    public let metricsSummary: String

    public static let zhCN = APIOperationWords(
        upload: "上传文件（图片/视频）", uploadSummary: "上传图片或视频文件到图床。一个表单可以有多个文件。每个文件分别处理：HTTP 状态只代表第一个文件，请按顺序逐项检查 files。", list: "获取文件列表", listSummary: "获取公开的图片和视频列表", statistics: "获取统计数字",
        statisticsSummary: "图片总数、总访问量、最大文件和上传总数", deletion: "删除文件", deletionSummary: "使用上传返回的 hash 删除文件", thumbnail: "缩略图",
        thumbnailSummary: "返回图片的缩略图，第一次访问时生成", push: "推送 JSON（上传/更新）", pushSummary: "推送JSON文件到服务器进行同步", pull: "拉取 JSON（获取最新）",
        pullSummary: "从服务器拉取最新版本，或某个版本之后的所有更新", deleteJSON: "删除 JSON 文件", deleteJSONSummary: "写入一个表示删除的版本，历史版本保留", history: "历史版本查询",
        historySummary: "获取JSON文件的所有历史版本", version: "拉取特定版本", versionSummary: "按版本号或哈希拉取JSON文件的某个版本", devices: "获取设备列表",
        devicesSummary: "获取同步设备及其最后同步时间", changeDevice: "重命名或移除设备", changeDeviceSummary: "修改设备名称，或把设备移出列表", conflicts: "获取冲突列表",
        conflictsSummary: "获取未解决的冲突列表", resolve: "解决冲突", resolveSummary: "选择保留哪一方的内容，或提交合并结果", createUpload: "开始断点续传",
        createUploadSummary: "说明文件大小并取得上传地址；请求体可以带上最初的字节", uploadOffset: "查询已收到的字节", uploadOffsetSummary: "连接中断后，从 Upload-Offset 处继续",
        continueUpload: "继续上传", continueUploadSummary: "发送下一段字节；最后一段发送后文件即被保存", removeUpload: "放弃上传", removeUploadSummary: "删除已收到的字节",
        uploadOutcome: "查询上传结果", uploadOutcomeSummary: "返回上传状态；保存后返回与普通上传相同的结果", tokenUpload: "EasyImages 上传接口",
        tokenUploadSummary: "与 EasyImages2.0 的程序兼容，使用 token 上传。拒绝上传时 HTTP 状态也是 200，请看 code 和 message。", number: "开放数据", numberSummary: "以文本返回本站的一个数字，需要管理员开启",
        health: "健康检查", healthSummary: "供监控程序使用：数据库可读、数据目录可写并有剩余空间时返回 200，否则 503。原因只写在日志里。",
        metrics: "监控数据", metricsSummary: "以 OpenMetrics 文本返回请求、图片处理、磁盘和文件的数字，供 Prometheus 等程序读取。需要管理员的密钥，且密钥有 metrics 权限。")

    public static let zhTW = APIOperationWords(
        upload: "上傳檔案（圖片/影片）", uploadSummary: "上傳圖片或影片檔案到圖床。一個表單可以有多個檔案。每個檔案分別處理：HTTP 狀態只代表第一個檔案，請依序逐項檢查 files。", list: "取得檔案列表", listSummary: "取得公開的圖片和影片列表", statistics: "取得統計數字",
        statisticsSummary: "圖片總數、總瀏覽量、最大檔案和上傳總數", deletion: "刪除檔案", deletionSummary: "使用上傳回傳的 hash 刪除檔案", thumbnail: "縮圖",
        thumbnailSummary: "回傳圖片的縮圖，第一次存取時生成", push: "推送 JSON（上傳/更新）", pushSummary: "推送JSON檔案到伺服器進行同步", pull: "拉取 JSON（取得最新）",
        pullSummary: "從伺服器拉取最新版本，或某個版本之後的所有更新", deleteJSON: "刪除 JSON 檔案", deleteJSONSummary: "寫入一個表示刪除的版本，歷史版本保留", history: "歷史版本查詢",
        historySummary: "取得JSON檔案的所有歷史版本", version: "拉取特定版本", versionSummary: "按版本號或雜湊拉取JSON檔案的某個版本", devices: "取得裝置列表",
        devicesSummary: "取得同步裝置及其最後同步時間", changeDevice: "重新命名或移除裝置", changeDeviceSummary: "修改裝置名稱，或把裝置移出列表", conflicts: "取得衝突列表",
        conflictsSummary: "取得未解決的衝突列表", resolve: "解決衝突", resolveSummary: "選擇保留哪一方的內容，或提交合併結果", createUpload: "開始斷點續傳",
        createUploadSummary: "說明檔案大小並取得上傳網址；請求內容可以帶上最初的位元組", uploadOffset: "查詢已收到的位元組", uploadOffsetSummary: "連線中斷後，從 Upload-Offset 處繼續",
        continueUpload: "繼續上傳", continueUploadSummary: "傳送下一段位元組；最後一段傳送後檔案即被儲存", removeUpload: "放棄上傳", removeUploadSummary: "刪除已收到的位元組",
        uploadOutcome: "查詢上傳結果", uploadOutcomeSummary: "回傳上傳狀態；儲存後回傳與普通上傳相同的結果", tokenUpload: "EasyImages 上傳介面",
        tokenUploadSummary: "與 EasyImages2.0 的程式相容，使用 token 上傳。拒絕上傳時 HTTP 狀態也是 200，請看 code 和 message。", number: "開放資料", numberSummary: "以文字回傳本站的一個數字，需要管理員開啟",
        health: "健康檢查", healthSummary: "供監控程式使用：資料庫可讀、資料夾可寫並有剩餘空間時回傳 200，否則 503。原因只寫在記錄裡。",
        metrics: "監控資料", metricsSummary: "以 OpenMetrics 文字回傳請求、圖片處理、磁碟和檔案的數字，供 Prometheus 等程式讀取。需要管理員的金鑰，且金鑰有 metrics 權限。")

    public static let en = APIOperationWords(
        upload: "Upload a file (picture or video)", uploadSummary: "Stores a picture or a video. A form may hold several files. Each file is taken or refused by itself: the status is that of the first, so look at every entry of files, which are in order.", list: "List files",
        listSummary: "Lists the public pictures and videos, page by page.", statistics: "Get statistics",
        statisticsSummary: "Pictures, views, largest file and uploads.", deletion: "Delete a file",
        deletionSummary: "Deletes a file with the hash of the link that the upload answered with.", thumbnail: "Thumbnail",
        thumbnailSummary: "Answers with a picture's thumbnail, which is made at the first request.", push: "Push JSON (upload or update)",
        pushSummary: "Pushes a JSON file to be synchronised.", pull: "Pull JSON (newest version)",
        pullSummary: "Pulls the newest version of a JSON file, or all versions above a given one.", deleteJSON: "Delete a JSON file",
        deleteJSONSummary: "Writes a version that deletes the file; earlier versions stay.", history: "Version history",
        historySummary: "Lists all versions of a JSON file.", version: "Pull one version",
        versionSummary: "Pulls one version of a JSON file, by number or hash.", devices: "List devices",
        devicesSummary: "Lists the devices that synchronise, and when they last did.", changeDevice: "Rename or forget a device",
        changeDeviceSummary: "Changes a device's name, or takes it from the list.", conflicts: "List conflicts",
        conflictsSummary: "Lists the conflicts that wait for a decision.", resolve: "Resolve a conflict",
        resolveSummary: "Chooses one side's content, or sends a merged one.", createUpload: "Begin a resumable upload",
        createUploadSummary: "Announces the file's size and gets the upload's address; the body may hold the first bytes.",
        uploadOffset: "Ask for the offset", uploadOffsetSummary: "After a lost connection, go on at Upload-Offset.",
        continueUpload: "Continue the upload", continueUploadSummary: "Sends the next bytes; after the last ones the file is stored.",
        removeUpload: "Remove the upload", removeUploadSummary: "Removes what was received.", uploadOutcome: "Ask for the outcome",
        uploadOutcomeSummary: "Tells the upload's state; once it is stored, the ordinary answer.",
        tokenUpload: "Upload for EasyImages clients",
        tokenUploadSummary: "Stores a file for programs that were written for EasyImages 2.0, with a token. A refusal has HTTP status 200 too: look at code and message.", number: "Public numbers",
        numberSummary: "Answers with one of the site's numbers as text, where the operator allows it.",
        health: "Health check", healthSummary: "For programs that watch the site: 200 where the database can be read and the data folder can be written and has room, otherwise 503. The cause is in the log alone.",
        metrics: "Metrics", metricsSummary: "Numbers of requests, pictures, disk and files as OpenMetrics text, for Prometheus and similar programs. It takes an administrator's key with the scope metrics.")
}
