// How programs of others are set up to upload here.

/// Texts about settings of other programs.
public struct ClientWords: WordGroup {
    public let heading: String
    public let help: String
    public let ready: String
    public let paste: String
    public let pasteHelp: String
    public let downloadFile: String
    public let sharex: String
    public let picgo: String
    public let upic: String
    public let typora: String
    public let obsidian: String
    public let twikoo: String
    public let shortcut: String
    public let shortcutName: String

    public static let zhCN = ClientWords(
        heading: "客户端设置", help: "把下面的内容填进您使用的程序。YOUR-KEY 换成您的密钥。", ready: "下面的内容已经含有这个密钥。", paste: "粘贴密钥", pasteHelp: "密钥只留在这个页面里，不会发送。",
        downloadFile: "下载 .sxcu", sharex: "下载后双击，ShareX 会导入它。", picgo: "安装插件 web-uploader，在配置文件的 picBed 里填入。PicList 相同。",
        upic: "图床选择“自定义”，按下面填写。", typora: "保存为可执行的脚本，图像设置里选择“自定义命令”，填它的路径。", obsidian: "插件 Image Uploader 的设置。", twikoo: "管理面板的图片设置。",
        shortcut: "快捷指令：接收图像，“获取 URL 内容”按下面填写，“获取词典值” url，“拷贝至剪贴板”。", shortcutName: "iOS 快捷指令")
    public static let zhTW = ClientWords(
        heading: "程式的設定", help: "把下面的內容填進您使用的程式。YOUR-KEY 換成您的金鑰。", ready: "下面的內容已經含有這個金鑰。", paste: "貼上金鑰", pasteHelp: "金鑰只留在這個頁面裡，不會傳送。",
        downloadFile: "下載 .sxcu", sharex: "下載後按兩下，ShareX 會匯入它。", picgo: "安裝外掛 web-uploader，在設定檔的 picBed 裡填入。PicList 相同。",
        upic: "圖床選擇「自訂」，按下面填寫。", typora: "儲存為可執行的指令碼，圖片設定裡選擇「自訂命令」，填它的路徑。", obsidian: "外掛 Image Uploader 的設定。", twikoo: "管理面板的圖片設定。",
        shortcut: "捷徑：接收影像，「取得 URL 內容」按下面填寫，「取得辭典值」url，「拷貝到剪貼板」。", shortcutName: "iOS 捷徑")
    public static let en = ClientWords(
        heading: "Settings for programs", help: "Enter these in the program that you use, with your key instead of YOUR-KEY.",
        ready: "These hold the new key already.", paste: "Paste a key", pasteHelp: "It stays in this page and is not sent.",
        downloadFile: "Download .sxcu", sharex: "Download it and double-click it: ShareX imports it.",
        picgo: "Install the plugin web-uploader and enter this in picBed of the configuration file. The same for PicList.",
        upic: "Choose the host type Custom and fill in these.",
        typora: "Save this as an executable script and choose Custom Command with its path in the image settings.",
        obsidian: "Settings of the plugin Image Uploader.", twikoo: "Image settings of its administration panel.",
        shortcut: "Shortcut: receive images, fill in Get Contents of URL as below, Get Dictionary Value url, Copy to Clipboard.",
        shortcutName: "iOS shortcut")
}
