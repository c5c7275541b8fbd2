// API keys on the account's page.

/// Texts about API keys.
public struct KeyWords: WordGroup {
    public let heading: String
    public let help: String
    public let create: String
    public let name: String
    public let namePlaceholder: String
    public let nameHelp: String
    public let scopes: String
    public let upload: String
    public let uploadHelp: String
    public let read: String
    public let readHelp: String
    public let json: String
    public let jsonHelp: String
    public let metrics: String
    public let metricsHelp: String
    public let expires: String
    public let forever: String
    let dayCount: Template
    public let year: String
    public let until: String
    public let once: String
    public let made: String
    public let done: String
    public let alreadyMade: String
    public let leave: String
    public let none: String
    public let edit: String
    public let rename: String
    public let renamed: String
    public let revoke: String
    public let revoked: String
    let askToRevoke: Template
    let revokeHelp: Template
    public let neverUsed: String
    public let usedNow: String
    let usedOn: Template
    let endsIn: Template
    public let ended: String
    let number: Template
    public let badName: String
    public let noScope: String
    let badDate: Template
    let tooMany: Template
    public let notOwn: String

    public func count(days: Int) -> String { dayCount.filled(["days": "\(days)"]) }
    public func ask(toRevoke name: String) -> String { askToRevoke.filled(["name": name]) }
    public func revokeHelp(used: String) -> String { revokeHelp.filled(["used": used]) }
    public func used(on date: String) -> String { usedOn.filled(["date": date]) }
    public func ends(inDays days: Int) -> String { endsIn.filled(["days": "\(days)"]) }
    public func number(_ number: Int) -> String { self.number.filled(["number": "\(number)"]) }
    public func badDate(limit: Int) -> String { badDate.filled(["days": "\(limit)"]) }
    public func tooMany(limit: Int) -> String { tooMany.filled(["limit": "\(limit)"]) }


    public static let zhCN = KeyWords(
        heading: "API 密钥", help: "程序和脚本用密钥代替密码。", create: "创建密钥", name: "密钥名称", namePlaceholder: "如：我的网站", nameHelp: "最多 100 个字节，约 33 个汉字",
        scopes: "权限", upload: "上传", uploadHelp: "上传图片和视频", read: "读取", readHelp: "读取您的文件列表，包括不列出的", json: "JSON", jsonHelp: "读写同步的 JSON 文件",
        metrics: "监控", metricsHelp: "读取全站的监控数据（仅管理员的密钥有效）",
        expires: "有效期", forever: "永久", dayCount: "{days} 天", year: "1 年", until: "或者到这一天", once: "密钥只显示这一次，请现在保存", made: "密钥",
        done: "我已保存，返回", alreadyMade: "这个密钥已经创建，不能再次显示。如果没有保存，请撤销后重新创建。", leave: "密钥还没有复制，确定离开吗？", none: "还没有密钥", edit: "编辑", rename: "改名",
        renamed: "名称已修改", revoke: "撤销", revoked: "密钥已撤销", askToRevoke: "撤销密钥“{name}”？", revokeHelp: "使用它的程序将不能再上传，不能恢复（{used}）。",
        neverUsed: "从未使用", usedNow: "1 小时内使用过", usedOn: "{date} 使用", endsIn: "{days} 天后到期", ended: "已到期", number: "编号 {number}",
        badName: "密钥名称要有 1 到 100 个字节，在一行里，不能只有空白，不能有改变文字方向的字符", noScope: "请至少选择一项权限", badDate: "有效期要在今天之后，最多 {days} 天", tooMany: "最多 {limit} 个密钥，请先撤销不用的",
        notOwn: "没有这个密钥，或者它不属于您的账号")
    public static let zhTW = KeyWords(
        heading: "API 金鑰", help: "程式和指令碼用金鑰代替密碼。", create: "建立金鑰", name: "金鑰名稱", namePlaceholder: "如：我的網站", nameHelp: "最多 100 個位元組，約 33 個中文字",
        scopes: "權限", upload: "上傳", uploadHelp: "上傳圖片和影片", read: "讀取", readHelp: "讀取您的檔案列表，包括不列出的", json: "JSON", jsonHelp: "讀寫同步的 JSON 檔案",
        metrics: "監控", metricsHelp: "讀取全站的監控資料（僅管理員的金鑰有效）",
        expires: "有效期", forever: "永久", dayCount: "{days} 天", year: "1 年", until: "或者到這一天", once: "金鑰只顯示這一次，請現在儲存", made: "金鑰",
        done: "我已儲存，返回", alreadyMade: "這個金鑰已經建立，不能再次顯示。如果沒有儲存，請撤銷後重新建立。", leave: "金鑰還沒有複製，確定離開嗎？", none: "還沒有金鑰", edit: "編輯", rename: "改名",
        renamed: "名稱已修改", revoke: "撤銷", revoked: "金鑰已撤銷", askToRevoke: "撤銷金鑰「{name}」？", revokeHelp: "使用它的程式將不能再上傳，無法復原（{used}）。",
        neverUsed: "從未使用", usedNow: "1 小時內使用過", usedOn: "{date} 使用", endsIn: "{days} 天後到期", ended: "已到期", number: "編號 {number}",
        badName: "金鑰名稱要有 1 到 100 個位元組，在一行裡，不能只有空白，不能有改變文字方向的字元", noScope: "請至少選擇一項權限", badDate: "有效期要在今天之後，最多 {days} 天", tooMany: "最多 {limit} 個金鑰，請先撤銷不用的",
        notOwn: "沒有這個金鑰，或者它不屬於您的帳號")
    public static let en = KeyWords(
        heading: "API keys", help: "Programs and scripts use a key instead of your password.", create: "Create key", name: "Key name",
        namePlaceholder: "Such as: my website", nameHelp: "At most 100 bytes", scopes: "Scopes", upload: "Upload",
        uploadHelp: "Upload pictures and videos", read: "Read", readHelp: "Read your list of files, unlisted ones too", json: "JSON",
        jsonHelp: "Read and write synchronised JSON files", metrics: "Metrics",
        metricsHelp: "Read the whole site's metrics (only an administrator's key may)", expires: "Expires", forever: "Never expires", dayCount: "{days} days", year: "1 year",
        until: "Or on this day", once: "Shown only this once: save it now", made: "Key", done: "I have saved it, go back",
        alreadyMade: "This key has been created already and cannot be shown again. If you did not save it, revoke it and create another.",
        leave: "The key has not been copied. Leave anyway?", none: "No keys yet", edit: "Edit", rename: "Rename", renamed: "Renamed",
        revoke: "Revoke", revoked: "Revoked", askToRevoke: "Revoke the key “{name}”?",
        revokeHelp: "Programs that use it stop working, and this cannot be undone ({used}).", neverUsed: "Never used",
        usedNow: "Used within the hour", usedOn: "Used {date}", endsIn: "Ends in {days} days", ended: "Ended", number: "Number {number}",
        badName: "A key name has 1 to 100 bytes on one line, not only blanks, and no direction marks", noScope: "Choose at least one scope", badDate: "The key must end after today, and within {days} days",
        tooMany: "At most {limit} keys: revoke one that is not used", notOwn: "There is no such key, or it is not yours")
}
