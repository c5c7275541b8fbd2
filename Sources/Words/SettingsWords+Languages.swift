// The texts of the settings page in each language.

extension SettingsWords {
    public static let zhCN = SettingsWords(
        heading: "设置", groups: "设置的分组", search: "搜索名称、说明或键名", save: "保存",
        reset: "恢复默认", saved: "没有需要保存的更改", savedCount: "已保存 {count} 项，从下一个请求起生效",
        refusedCount: "没有保存任何更改：有 {count} 项不能这样填写，原因写在该项下面", movedCount: "没有保存任何更改：有 {count} 项刚才被别人修改了。两边的值都在该项里，确认后再保存一次",
        theirs: "现在的值（别人刚修改的）：{value}", askedCount: "还没有保存：有 {count} 项更改需要确认。请在该项里确认，再保存一次",
        askToChange: "更改“{name}”？", riskOfAddress: "登录、跳转和所有链接都会用新地址：如果它打不开（例如还没有 https 证书），就没有人能再登录。请先在浏览器里打开新地址看看。",
        riskOfHTTPS: "浏览器会在这么多秒里只用 https：如果 https 打不开，在期限结束之前就打不开本站，改回来也没有用。",
        riskOfProxies: "写错时，所有访客会被当成来自同一个地址，别人输错密码太多次，您也不能登录。",
        riskOfRetention: "十分钟之内，访客上传的文件中超出限制的会从最旧的开始删除：移入回收站；`recycle` 关闭时彻底删除，无法恢复。它们的链接随之失效，改回来也不会恢复它们。", undo: "要撤销，请在服务器上运行：", sure: "仍要更改",
        presetText: "默认：{value}", empty: "空", on: "开", off: "关",
        commandLineOnlyText: "sudo imagebed settings set {key} …", onlyThere: "只能在服务器上用命令行修改：", longText: "内容很长（{size}），在单独的页面修改", change: "修改", ownPage: "在单独的页面修改", preview: "现在的水印在示例图片上的样子",
        allSettings: "全部设置", followsTheWebServer: "Web 服务器会自动采用",
        webServerWaits: "Web 服务器还没有采用新的值，暂时仍按旧的上限接收：它会在 5 秒内自动采用（没有 systemd 时一分钟内）。如果这条提示一直在，请在服务器上运行 sudo imagebed reload。",
        idleScripts: "其中的脚本不会运行：要运行，请在服务器上执行 imagebed settings set operator_scripts on",
        watermarkFails: "现在的水印不能使用，上传会失败：{reason}",
        integer: "{from} 到 {to} 的整数", size: "{from} 到 {to}，例如 50MB", line: "一行文字，1 到 {limit} 字节", text: "最多 {limit} 字节，可以空着",
        folder: "像 /i/ 这样的路径：斜杠之间是字母、数字、点、减号和下划线", zone: "像 Asia/Shanghai 这样的时区，空着用系统的", url: "像 https://img.example.org 或 https://example.org/pictures 这样的完整网址",
        urls: "像 https://img.example.org 这样的网址，用逗号分隔，可以空着", color: "像 rgba(255,0,0,0.5) 这样的颜色：红、绿、蓝从 0 到 255，最后是 0（看不见）到 1",
        addresses: "像 192.0.2.7、2001:db8::/32、192.0.2.* 这样的地址，用逗号分隔，最多 {count} 个、{limit} 字节，可以空着", choice: "可选：{words}",
        noAddress: "“{entry}”不是地址、网段或带 * 的 IPv4 地址", noNetwork: "网页服务器无法使用“{entry}”，请写地址（192.0.2.7）、网段（192.0.2.0/24），或只在末尾用 * 代替整个数字（192.0.2.*）", tooManyAddresses: "有 {count} 个地址，最多 {limit} 个", unknownZone: "服务器上没有时区 {zone}", ownFolder: "{folder} 是本站自己的路径，新文件的链接会打不开：请换一个，例如 /i/",
        programFolder: "网页服务器把 {folder} 里的路径当作程序或网页，不提供图片：请换一个，例如 /i/", notAllowedText: "不能这样填写，要求：{allowed}",
        site: "网站", uploads: "上传", pictures: "图片处理", watermark: "水印", storage: "存储和删除", thumbnails: "缩略图", names: "文件夹和文件名", hiding: "隐藏路径",
        forms: "接口和登录", senders: "上传者", limits: "使用频率", pages: "页面和数据", looks: "外观", operatorTexts: "公告和自定义代码")
    public static let zhTW = SettingsWords(
        heading: "設定", groups: "設定的分組", search: "搜尋名稱、說明或鍵名", save: "儲存",
        reset: "恢復預設", saved: "沒有需要儲存的更改", savedCount: "已儲存 {count} 項，從下一個請求起生效",
        refusedCount: "沒有儲存任何更改：有 {count} 項不能這樣填寫，原因寫在該項下面", movedCount: "沒有儲存任何更改：有 {count} 項剛才被別人修改了。兩邊的值都在該項裡，確認後再儲存一次",
        theirs: "現在的值（別人剛修改的）：{value}", askedCount: "還沒有儲存：有 {count} 項更改需要確認。請在該項裡確認，再儲存一次",
        askToChange: "更改「{name}」？", riskOfAddress: "登入、重新導向和所有連結都會用新網址：如果它打不開（例如還沒有 https 憑證），就沒有人能再登入。請先在瀏覽器裡開啟新網址看看。",
        riskOfHTTPS: "瀏覽器會在這麼多秒裡只用 https：如果 https 打不開，在期限結束之前就打不開本站，改回來也沒有用。",
        riskOfProxies: "寫錯時，所有訪客會被當成來自同一個位址，別人輸錯密碼太多次，您也不能登入。",
        riskOfRetention: "十分鐘之內，訪客上傳的檔案中超出限制的會從最舊的開始刪除：移到資源回收筒；`recycle` 關閉時永久刪除，無法恢復。它們的連結隨之失效，改回來也不會恢復它們。", undo: "要復原，請在伺服器上執行：", sure: "仍要更改",
        presetText: "預設：{value}", empty: "空", on: "開", off: "關",
        commandLineOnlyText: "sudo imagebed settings set {key} …", onlyThere: "只能在伺服器上用命令列修改：", longText: "內容很長（{size}），在單獨的頁面修改", change: "修改", ownPage: "在單獨的頁面修改", preview: "現在的浮水印在範例圖片上的樣子",
        allSettings: "全部設定", followsTheWebServer: "Web 伺服器會自動採用",
        webServerWaits: "Web 伺服器還沒有採用新的值，暫時仍按舊的上限接收：它會在 5 秒內自動採用（沒有 systemd 時一分鐘內）。如果這則提示一直在，請在伺服器上執行 sudo imagebed reload。",
        idleScripts: "其中的指令碼不會執行：要執行，請在伺服器上輸入 imagebed settings set operator_scripts on",
        watermarkFails: "現在的浮水印不能使用，上傳會失敗：{reason}",
        integer: "{from} 到 {to} 的整數", size: "{from} 到 {to}，例如 50MB", line: "一行文字，1 到 {limit} 位元組", text: "最多 {limit} 位元組，可以空著",
        folder: "像 /i/ 這樣的路徑：斜線之間是字母、數字、點、減號和底線", zone: "像 Asia/Taipei 這樣的時區，空著用系統的", url: "像 https://img.example.org 或 https://example.org/pictures 這樣的完整網址",
        urls: "像 https://img.example.org 這樣的網址，用逗號分隔，可以空著", color: "像 rgba(255,0,0,0.5) 這樣的顏色：紅、綠、藍從 0 到 255，最後是 0（看不見）到 1",
        addresses: "像 192.0.2.7、2001:db8::/32、192.0.2.* 這樣的位址，用逗號分隔，最多 {count} 個、{limit} 位元組，可以空著", choice: "可選：{words}",
        noAddress: "「{entry}」不是位址、網段或帶 * 的 IPv4 位址", noNetwork: "網頁伺服器無法使用「{entry}」，請寫位址（192.0.2.7）、網段（192.0.2.0/24），或只在末尾用 * 代替整個數字（192.0.2.*）", tooManyAddresses: "有 {count} 個位址，最多 {limit} 個", unknownZone: "伺服器上沒有時區 {zone}", ownFolder: "{folder} 是本站自己的路徑，新檔案的連結會打不開：請換一個，例如 /i/",
        programFolder: "網頁伺服器把 {folder} 裡的路徑當作程式或網頁，不提供圖片：請換一個，例如 /i/", notAllowedText: "不能這樣填寫，要求：{allowed}",
        site: "網站", uploads: "上傳", pictures: "圖片處理", watermark: "浮水印", storage: "儲存和刪除", thumbnails: "縮圖", names: "資料夾和檔名", hiding: "隱藏路徑",
        forms: "API 和登入", senders: "上傳者", limits: "使用頻率", pages: "頁面和數字", looks: "外觀", operatorTexts: "公告和自訂代碼")
    public static let en = SettingsWords(
        heading: "Settings", groups: "Groups of settings", search: "Search names, help or keys",
        save: "Save", reset: "Reset",
        saved: "There was nothing to save", savedCount: "Saved: {count}. It counts from the next request",
        refusedCount: "Nothing was saved. Values that cannot be so: {count}, see there",
        movedCount: "Nothing was saved: somebody else has changed {count} of these settings just now. Both values are shown there; save again if yours is right",
        theirs: "The value now, of somebody else: {value}",
        askedCount: "Nothing was saved yet. Changes to be confirmed first: {count}. Confirm there, then save again",
        askToChange: "Change “{name}”?",
        riskOfAddress: """
            Sign-in, redirects and all links will use the new address. If it does not answer (https without a certificate, for instance), nobody \
            can sign in any more. First look whether it opens in a browser.
            """,
        riskOfHTTPS: """
            Browsers will use nothing but https for so many seconds: if https does not answer, they cannot open the site until then, even if you \
            change this back.
            """,
        riskOfProxies: """
            If they are wrong, all visitors seem to come from one address, and you cannot sign in when others have entered too many wrong passwords.
            """,
        riskOfRetention: """
            Within ten minutes the oldest files that visitors have uploaded beyond the limit are deleted, into the recycle bin, or for good where \
            `recycle` is off, and their links end. Changing it back does not restore them.
            """,
        undo: "To undo it, run on the server:", sure: "Change it all the same", presetText: "Default: {value}", empty: "nothing", on: "on",
        off: "off", commandLineOnlyText: "sudo imagebed settings set {key} …", onlyThere: "Changed on the server by the command line only:",
        longText: "A long text ({size}), changed on a page of its own", change: "Change", ownPage: "Change it on a page of its own", preview: "The watermark as it is now, on a sample picture", allSettings: "All settings",
        followsTheWebServer: "the web server takes it by itself",
        webServerWaits: """
            The web server has not taken the new values yet and still works by the old limits: it takes them by itself within 5 seconds \
            (without systemd within a minute). If this does not go, run sudo imagebed reload on the server.
            """,
        idleScripts: "Scripts in it do not run: on the server, imagebed settings set operator_scripts on lets them",
        watermarkFails: "The watermark cannot be drawn, and uploads fail: {reason}",
        integer: "a whole number from {from} to {to}", size: "a size from {from} to {to}, such as 50MB", line: "1 to {limit} bytes of text on one line",
        text: "up to {limit} bytes of text, or nothing",
        folder: "a path such as /i/, of letters, digits, dots, minus and underscore between slashes",
        zone: "a time zone such as Europe/Berlin, or nothing for the system's",
        url: "an absolute URL such as https://img.example.org or https://example.org/pictures",
        urls: "URLs such as https://img.example.org with commas between them, or nothing",
        color: "a colour such as rgba(255,0,0,0.5): red, green and blue from 0 to 255, then 0 (not seen) to 1",
        addresses: """
            addresses, networks and patterns such as 192.0.2.7, 2001:db8::/32 or 192.0.2.* with commas between them, at most {count} and \
            {limit} bytes, or nothing
            """,
        choice: "one of {words}",
        noAddress: "\"{entry}\" is no address, network or IPv4 address with *",
        noNetwork: "The web server cannot follow \"{entry}\": write addresses (192.0.2.7), a network (192.0.2.0/24), or * for whole numbers at the end (192.0.2.*)", tooManyAddresses: "{count} addresses: it takes {limit}",
        unknownZone: "The server has no time zone {zone}",
        ownFolder: "The site has paths of its own below {folder}, so that links of new files would lead nowhere: take another, such as /i/",
        programFolder: "Web servers take what is below {folder} for a program or page and not for pictures: take another, such as /i/", notAllowedText: "This cannot be: it is {allowed}",
        site: "Site", uploads: "Uploads", pictures: "Pictures", watermark: "Watermark", storage: "Storage", thumbnails: "Thumbnails",
        names: "Folders and names", hiding: "Hidden paths", forms: "Forms and sign-in", senders: "Senders", limits: "Limits of use", pages: "Pages and numbers",
        looks: "Appearance", operatorTexts: "Texts of the operator")
}
