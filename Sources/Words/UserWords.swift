// The administrator's page of accounts and of everybody's keys.

/// Texts about accounts of others.
public struct UserWords: WordGroup {
    public let heading: String
    public let sections: String
    public let waiting: String
    public let keys: String
    public let search: String
    public let look: String
    public let none: String
    public let noneWaiting: String
    public let back: String
    let manageNamed: Template
    let fileCount: Template
    let keyCount: Template
    let spaceOf: Template
    public let more: String
    public let add: String
    public let name: String
    public let nameHelp: String
    public let role: String
    public let admin: String
    public let user: String
    public let approve: String
    public let refuse: String
    let askToRefuse: Template
    public let refuseHelp: String
    public let ends: String
    public let lastDay: String
    public let endHelp: String
    public let forever: String
    let endsOn: Template
    let endedOn: Template
    let madeOn: Template
    let disabledOn: Template
    let waitsSince: Template
    public let quota: String
    public let quotaHelp: String
    public let quotaBytes: String
    public let quotaBytesHelp: String
    public let quotaFiles: String
    public let quotaFilesHelp: String
    public let password: String
    public let reset: String
    let askToReset: Template
    public let resetHelp: String
    public let once: String
    let passwordOf: Template
    public let leave: String
    public let savedIt: String
    public let state: String
    public let disable: String
    let askToDisable: Template
    public let disableHelp: String
    public let enable: String
    public let enableHelp: String
    public let save: String
    public let saved: String
    public let approved: String
    public let refused: String
    public let disabled: String
    public let enabled: String
    public let revoked: String
    public let badName: String
    public let nameTaken: String
    public let noAccount: String
    public let lastAdmin: String
    let badDate: Template
    public let badQuota: String
    public let notWaiting: String
    public let noKey: String
    public let delete: String
    let askToDelete: Template
    let deletionText: Template
    let filesOfDeletedText: Template
    public let keepFiles: String
    let recycleFilesText: Template
    public let deleted: String
    let deletedWithFilesText: Template
    public let ownAccount: String
    let filesLeftText: Template

    public func manage(_ name: String) -> String { manageNamed.filled(["name": name]) }
    public func count(files: Int) -> String { fileCount.filled(["count": "\(files)"]) }
    public func count(keys: Int) -> String { keyCount.filled(["count": "\(keys)"]) }
    public func space(_ used: String, of limit: String) -> String { spaceOf.filled(["used": used, "limit": limit]) }
    public func ask(toRefuse name: String) -> String { askToRefuse.filled(["name": name]) }
    public func ask(toReset name: String) -> String { askToReset.filled(["name": name]) }
    public func ask(toDisable name: String) -> String { askToDisable.filled(["name": name]) }
    public func ends(on day: String) -> String { endsOn.filled(["day": day]) }
    public func ended(on day: String) -> String { endedOn.filled(["day": day]) }
    public func made(on day: String) -> String { madeOn.filled(["day": day]) }
    public func disabled(on day: String) -> String { disabledOn.filled(["day": day]) }
    public func waits(since day: String) -> String { waitsSince.filled(["day": day]) }
    public func password(of name: String) -> String { passwordOf.filled(["name": name]) }
    public func ask(toDelete name: String) -> String { askToDelete.filled(["name": name]) }
    public func deletion(keys: Int, files: Int) -> String { deletionText.filled(["keys": "\(keys)", "files": "\(files)"]) }
    public func filesOfDeleted(_ count: Int) -> String { filesOfDeletedText.filled(["count": "\(count)"]) }
    public func recycleFiles(days: Int) -> String { recycleFilesText.filled(["days": "\(days)"]) }
    public func deletedWithFiles(days: Int) -> String { deletedWithFilesText.filled(["days": "\(days)"]) }
    public func filesLeft(_ count: Int) -> String { filesLeftText.filled(["count": "\(count)"]) }
    public func badDate(limit: Int) -> String { badDate.filled(["days": "\(limit)"]) }

    public static let zhCN = UserWords(
        heading: "账号", sections: "账号的列表", waiting: "等待批准", keys: "API 密钥", search: "按名称搜索", look: "查看", none: "没有这样的账号",
        noneWaiting: "没有等待批准的账号", back: "全部账号", manageNamed: "管理 {name}", fileCount: "{count} 个文件", keyCount: "{count} 个密钥", spaceOf: "{used} / {limit}",
        more: "更多", add: "添加账号", name: "账号", nameHelp: "1 到 64 个字母、数字和 . _ - @，以字母或数字开头", role: "角色", admin: "管理员", user: "上传者",
        approve: "批准", refuse: "拒绝", askToRefuse: "拒绝“{name}”？", refuseHelp: "账号会被删除，名称可以再次注册。", ends: "有效期", lastDay: "最后一天",
        endHelp: "留空表示永久。到期后不能登录，密钥失效，文件保留。", forever: "永久", endsOn: "到 {day}", endedOn: "{day} 已到期", madeOn: "{day} 创建", disabledOn: "{day} 停用",
        waitsSince: "{day} 注册", quota: "限额", quotaHelp: "超过后不能再上传，已有的文件保留。回收站里的文件不计入，但仍占用磁盘。", quotaBytes: "空间", quotaBytesHelp: "如 500MB、10GB，留空不限",
        quotaFiles: "文件数", quotaFilesHelp: "留空不限", password: "密码", reset: "重置密码", askToReset: "重置“{name}”的密码？",
        resetHelp: "换成新的随机密码，所有登录会退出，API 密钥继续有效。", once: "密码只显示这一次，请现在保存", passwordOf: "{name} 的密码", leave: "密码还没有复制，确定离开吗？",
        savedIt: "我已保存，返回", state: "状态", disable: "停用", askToDisable: "停用“{name}”？", disableHelp: "密码、登录和 API 密钥立即失效，文件保留，可以再启用。",
        enable: "启用", enableHelp: "密码和 API 密钥重新有效。", save: "保存", saved: "已保存", approved: "账号已批准，可以登录了", refused: "注册已拒绝", disabled: "账号已停用",
        enabled: "账号已启用", revoked: "密钥已撤销", badName: "账号只能有字母、数字和 . _ - @，1 到 64 个，以字母或数字开头", nameTaken: "这个账号已经有人使用，请换一个",
        noAccount: "没有这个账号", lastAdmin: "这是最后一个可用的管理员，不能停用、改为上传者或缩短有效期：请先添加另一个有效期不更短的管理员", badDate: "最后一天要在今天之后，最多 {days} 天",
        badQuota: "空间要写成 500MB、10GB 或字节数，文件数要是数字", notWaiting: "这个账号不在等待批准", noKey: "没有这个密钥",
        delete: "删除账号", askToDelete: "删除“{name}”？", deletionText: "不能恢复：{keys} 个密钥和所有登录立即失效，名称可以再次使用。它有 {files} 个文件；JSON 留在网站上。",
        filesOfDeletedText: "它的 {count} 个文件", keepFiles: "保留，地址继续有效，不再属于任何人", recycleFilesText: "移到回收站，{days} 天后彻底删除", deleted: "账号已删除",
        deletedWithFilesText: "账号已删除，它的文件在回收站，{days} 天后彻底删除", ownAccount: "自己的账号在“密码和登录”页删除",
        filesLeftText: "文件很多，还有 {count} 个没有移到回收站。账号已停用，请再删除一次")
    public static let zhTW = UserWords(
        heading: "帳號", sections: "帳號的列表", waiting: "等待核准", keys: "API 金鑰", search: "依名稱搜尋", look: "檢視", none: "沒有這樣的帳號",
        noneWaiting: "沒有等待核准的帳號", back: "全部帳號", manageNamed: "管理 {name}", fileCount: "{count} 個檔案", keyCount: "{count} 個金鑰", spaceOf: "{used} / {limit}",
        more: "更多", add: "新增帳號", name: "帳號", nameHelp: "1 到 64 個字母、數字和 . _ - @，以字母或數字開頭", role: "角色", admin: "管理員", user: "上傳者",
        approve: "核准", refuse: "拒絕", askToRefuse: "拒絕「{name}」？", refuseHelp: "帳號會被刪除，名稱可以再次註冊。", ends: "有效期", lastDay: "最後一天",
        endHelp: "留空表示永久。到期後不能登入，金鑰失效，檔案保留。", forever: "永久", endsOn: "到 {day}", endedOn: "{day} 已到期", madeOn: "{day} 建立", disabledOn: "{day} 停用",
        waitsSince: "{day} 註冊", quota: "限額", quotaHelp: "超過後不能再上傳，已有的檔案保留。資源回收筒裡的檔案不計入，但仍佔用磁碟。", quotaBytes: "空間", quotaBytesHelp: "如 500MB、10GB，留空不限",
        quotaFiles: "檔案數", quotaFilesHelp: "留空不限", password: "密碼", reset: "重設密碼", askToReset: "重設「{name}」的密碼？",
        resetHelp: "換成新的隨機密碼，所有登入會結束，API 金鑰繼續有效。", once: "密碼只顯示這一次，請現在儲存", passwordOf: "{name} 的密碼", leave: "密碼還沒有複製，確定離開嗎？",
        savedIt: "我已儲存，返回", state: "狀態", disable: "停用", askToDisable: "停用「{name}」？", disableHelp: "密碼、登入和 API 金鑰立即失效，檔案保留，可以再啟用。",
        enable: "啟用", enableHelp: "密碼和 API 金鑰重新有效。", save: "儲存", saved: "已儲存", approved: "帳號已核准，可以登入了", refused: "註冊已拒絕", disabled: "帳號已停用",
        enabled: "帳號已啟用", revoked: "金鑰已撤銷", badName: "帳號只能有字母、數字和 . _ - @，1 到 64 個，以字母或數字開頭", nameTaken: "這個帳號已經有人使用，請換一個",
        noAccount: "沒有這個帳號", lastAdmin: "這是最後一個可用的管理員，不能停用、改為上傳者或縮短有效期：請先新增另一個有效期不更短的管理員", badDate: "最後一天要在今天之後，最多 {days} 天",
        badQuota: "空間要寫成 500MB、10GB 或位元組數，檔案數要是數字", notWaiting: "這個帳號不在等待核准", noKey: "沒有這個金鑰",
        delete: "刪除帳號", askToDelete: "刪除「{name}」？", deletionText: "無法復原：{keys} 個金鑰和所有登入立即失效，名稱可以再次使用。它有 {files} 個檔案；JSON 留在網站上。",
        filesOfDeletedText: "它的 {count} 個檔案", keepFiles: "保留，網址繼續有效，不再屬於任何人", recycleFilesText: "移到資源回收筒，{days} 天後徹底刪除", deleted: "帳號已刪除",
        deletedWithFilesText: "帳號已刪除，它的檔案在資源回收筒，{days} 天後徹底刪除", ownAccount: "自己的帳號在「密碼和登入」頁刪除",
        filesLeftText: "檔案很多，還有 {count} 個沒有移到資源回收筒。帳號已停用，請再刪除一次")
    public static let en = UserWords(
        heading: "Users", sections: "Lists of users", waiting: "Waiting", keys: "API keys", search: "Search by name", look: "Show", none: "There is no such account",
        noneWaiting: "No account waits for approval", back: "All users", manageNamed: "Manage {name}", fileCount: "Files: {count}", keyCount: "Keys: {count}",
        spaceOf: "{used} of {limit}", more: "More", add: "Add account", name: "Account",
        nameHelp: "1 to 64 letters, digits and . _ - @, a letter or digit first", role: "Role", admin: "Administrator", user: "Uploader",
        approve: "Approve", refuse: "Refuse", askToRefuse: "Refuse “{name}”?", refuseHelp: "The account is removed, and its name is free again.", ends: "End",
        lastDay: "Last day", endHelp: "Empty for no end. After it, neither password nor keys work; files stay.", forever: "No end", endsOn: "Until {day}",
        endedOn: "Ended {day}", madeOn: "Made {day}", disabledOn: "Disabled {day}", waitsSince: "Registered {day}", quota: "Quota",
        quotaHelp: "Over it nothing more can be uploaded; files that are there stay. Files in the recycle bin do not count, though they are still on the disk.", quotaBytes: "Space", quotaBytesHelp: "Such as 500MB or 10GB, empty for no limit",
        quotaFiles: "Files", quotaFilesHelp: "Empty for no limit", password: "Password", reset: "Reset password", askToReset: "Reset the password of “{name}”?",
        resetHelp: "A new random password is made and all sessions end. API keys go on working.", once: "Shown only this once: save it now",
        passwordOf: "Password of {name}", leave: "The password has not been copied. Leave anyway?", savedIt: "I have saved it, go back", state: "State",
        disable: "Disable", askToDisable: "Disable “{name}”?", disableHelp: "Password, sessions and API keys stop working at once. Files stay, and it can be enabled again.",
        enable: "Enable", enableHelp: "Password and API keys work again.", save: "Save", saved: "Saved", approved: "Approved: the account can sign in",
        refused: "Refused", disabled: "Disabled", enabled: "Enabled", revoked: "Revoked",
        badName: "An account's name has 1 to 64 letters, digits and . _ - @, a letter or digit first", nameTaken: "This name is taken, choose another",
        noAccount: "There is no such account",
        lastAdmin: "This is the last administrator that can be used: it cannot be disabled, made an uploader or end earlier. First add another one that ends no earlier",
        badDate: "The last day must be after today, and within {days} days", badQuota: "Space is written as 500MB, 10GB or a number of bytes, and files as a number",
        notWaiting: "This account does not wait for approval", noKey: "There is no such key",
        delete: "Delete account", askToDelete: "Delete “{name}”?",
        deletionText: "This cannot be undone: keys (there are {keys}) and sessions end at once, and the name is free again. The account has files: {files}. JSON stays on the site.",
        filesOfDeletedText: "Its files ({count})", keepFiles: "Keep them: their addresses stay, and they belong to nobody",
        recycleFilesText: "Move them to the recycle bin, from which they are deleted for good after {days} days", deleted: "The account is deleted",
        deletedWithFilesText: "The account is deleted. Its files are in the recycle bin and are deleted for good after {days} days",
        ownAccount: "One’s own account is deleted on the page “Password and sessions”",
        filesLeftText: "There are many files: {count} are not in the recycle bin yet. The account is disabled; please delete it once more")
}
