// What an owner changes of a file on its page: the name that is shown, and the file itself.

/// Texts of the forms for another name and for another file.
public struct FileChangeWords: WordGroup {
    public let rename: String
    public let name: String
    public let nameHelp: String
    public let badName: String
    public let renamed: String
    public let replace: String
    public let file: String
    let replaceTypeHelp: Template
    let formerHelp: Template
    public let copiesHelp: String
    public let replaced: String
    public let unchanged: String
    let otherType: Template
    public let turnedOff: String
    public let notChosen: String
    public let unreadable: String

    /// - Parameters:
    ///   - type: of the file, the only one that can be in its place.
    ///   - former: the name under which the former file is in the recycle bin, as far as it can be told before.
    public func help(type: String, former: String) -> [String] {
        [replaceTypeHelp.filled(["type": type]), formerHelp.filled(["name": former]), copiesHelp]
    }

    public func otherType(sent: String, wanted: String) -> String { otherType.filled(["sent": sent, "wanted": wanted]) }

    public static let zhCN = FileChangeWords(
        rename: "改名", name: "显示的名称", nameHelp: "1 到 255 字节（一个汉字 3 字节），不能有 / 和 \\。列表和搜索用这个名称，文件的地址不变。",
        badName: "名称要有 1 到 255 字节（一个汉字 3 字节），不能有 /、\\ 和控制字符", renamed: "已改名",
        replace: "替换文件", file: "新的文件", replaceTypeHelp: "地址不变，所以新文件也要是 {type}。", formerHelp: "原来的文件移到回收站，名为 {name}（已有同名的就加大数字）；恢复它不会换回来，而是以这个名称放在旁边。",
        copiesHelp: "以前取得的副本可能还在：浏览器和缓存会保留 5 分钟，开启“允许替换文件”之前取得的最长一年。",
        replaced: "已替换，原来的文件在回收站里。以前取得的副本可能还会保留一段时间。", unchanged: "新文件和现在的完全一样，没有改动",
        otherType: "新文件是 {sent}，这个地址只能放 {wanted}：请转换格式后再试，或者作为新文件上传", turnedOff: "这个网站没有开启替换文件（设置 replace_files）",
        notChosen: "请先选择文件", unreadable: "文件无法读取，可能已损坏或者太复杂，请另存一份再试")
    public static let zhTW = FileChangeWords(
        rename: "重新命名", name: "顯示的名稱", nameHelp: "1 到 255 位元組（一個漢字 3 位元組），不能有 / 和 \\。列表和搜尋使用這個名稱，檔案的網址不變。",
        badName: "名稱要有 1 到 255 位元組（一個漢字 3 位元組），不能有 /、\\ 和控制字元", renamed: "已重新命名",
        replace: "取代檔案", file: "新的檔案", replaceTypeHelp: "網址不變，所以新檔案也要是 {type}。", formerHelp: "原來的檔案移到資源回收筒，名為 {name}（已有同名的就加大數字）；還原它不會換回來，而是以這個名稱放在旁邊。",
        copiesHelp: "以前取得的副本可能還在：瀏覽器和快取會保留 5 分鐘，開啟「允許取代檔案」之前取得的最長一年。",
        replaced: "已取代，原來的檔案在資源回收筒裡。以前取得的副本可能還會保留一段時間。", unchanged: "新檔案和現在的完全一樣，沒有改動",
        otherType: "新檔案是 {sent}，這個網址只能放 {wanted}：請轉換格式後再試，或者作為新檔案上傳", turnedOff: "這個網站沒有開啟取代檔案（設定 replace_files）",
        notChosen: "請先選擇檔案", unreadable: "檔案無法讀取，可能已損壞或者太複雜，請另存一份再試")
    public static let en = FileChangeWords(
        rename: "Rename", name: "Name that is shown",
        nameHelp: "1 to 255 bytes, without / and \\. Lists and searches use this name; the address of the file stays.",
        badName: "A name has 1 to 255 bytes, and neither / nor \\ nor control characters", renamed: "Renamed",
        replace: "Replace the file", file: "New file", replaceTypeHelp: "The address stays, so the new file has to be {type} too.",
        formerHelp: """
            The former file goes to the recycle bin as {name}, or with a higher number. To restore it does not bring it back to this address, but \
            puts it beside this one, under that name.
            """,
        copiesHelp: "Copies that were fetched earlier may stay: browsers and caches keep them for 5 minutes, and for up to a year if they fetched them before "
            + "“Replacing files” was turned on.",
        replaced: "Replaced; the former file is in the recycle bin. Copies that were fetched earlier may stay for a while.",
        unchanged: "The new file is the same as this one, nothing was changed",
        otherType: "The new file is {sent}, and at this address only {wanted} can be: convert it, or upload it as a new file",
        turnedOff: "This site does not replace files (the setting replace_files is off)", notChosen: "Choose a file first",
        unreadable: "The file cannot be read: it is damaged or too complex. Save it anew and try again")
}
