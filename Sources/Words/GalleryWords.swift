// The gallery. The Chinese sentences are those of the page that it replaced.

/// Texts of the gallery.
public struct GalleryWords: WordGroup {
    public let heading: String
    let headingOfDay: Template
    public let closed: String
    public let empty: String
    public let emptyDay: String
    public let emptyType: String
    public let noSuchPage: String
    public let firstPage: String
    public let upload: String
    public let elsewhere: String
    public let date: String
    public let days: String
    public let types: String
    public let look: String
    public let today: String
    public let yesterday: String
    let dayOfMonth: Template
    public let allTypes: String
    let shownCount: Template
    public let next: String
    public let search: String
    public let type: String
    public let everyType: String
    public let pictures: String
    public let videos: String
    public let order: String
    public let newest: String
    public let oldest: String
    public let mostViewed: String
    public let largest: String
    public let months: String
    public let older: String
    public let newer: String
    public let previous: String
    public let following: String
    public let goOn: String
    public let more: String
    public let emptyList: String
    public let emptyFilter: String
    public let searchTooShort: String
    let notFound: Template
    public let showAll: String
    public let emptyBin: String
    public let everything: String
    public let unlisted: String
    public let recycleBin: String
    public let lists: String
    let chooseNamed: Template
    let deletedOn: Template
    public let placeGone: String
    let fileCount: Template
    let dayName: Template
    public let filter: String
    let actionsOf: Template
    let month: Template
    /// January to December, with blanks between.
    let monthNames: String

    public func heading(of day: String) -> String { headingOfDay.filled(["day": day]) }
    public func day(_ number: Int) -> String { dayOfMonth.filled(["day": "\(number)"]) }
    /// "25 November 2026".
    public func dayName(year: Int, month: Int, day: Int) -> String {
        let names = monthNames.split(separator: " ")
        return dayName.filled(["year": "\(year)", "month": String(names[(month - 1) % names.count]), "day": "\(day)"])
    }

    public func monthName(_ number: Int) -> String {
        let names = monthNames.split(separator: " ")
        return month.filled(["month": String(names[(number - 1) % names.count])])
    }

    /// The accessible name of a file's menu.
    public func actions(of name: String) -> String { actionsOf.filled(["name": name]) }
    public func choose(_ name: String) -> String { chooseNamed.filled(["name": name]) }
    public func deleted(on time: String) -> String { deletedOn.filled(["time": time]) }
    public func nothingFound(_ text: String) -> String { notFound.filled(["text": text]) }
    public func files(_ count: Int) -> String { fileCount.filled(["count": "\(count)"]) }
    public func shown(_ count: Int) -> String { shownCount.filled(["count": "\(count)"]) }

    public static let zhCN = GalleryWords(
        heading: "广场", headingOfDay: "{day} 广场", closed: "管理员关闭了预览哦~~", empty: "今天还没有上传的图片哟~~", emptyDay: "这一天没有上传的图片",
        emptyType: "这一天没有这种类型的文件", noSuchPage: "没有这一页", firstPage: "第一页", upload: "上传",
        elsewhere: "已超出浏览页数, 返回今日上传列表", date: "日期", days: "日期", types: "类型", look: "查看", today: "今日", yesterday: "昨日",
        dayOfMonth: "{day}号", allTypes: "全部", shownCount: "当前 {count}", next: "下一页", search: "按名称搜索",
        type: "类型", everyType: "全部类型", pictures: "图片", videos: "视频", order: "顺序", newest: "最新", oldest: "最早", mostViewed: "最多浏览", largest: "最大",
        months: "月份", older: "更早", newer: "较新", previous: "上一部分", following: "下一部分", goOn: "继续找", more: "更多文件", emptyList: "还没有上传的图片", emptyFilter: "没有这种类型的文件",
        searchTooShort: "请输入至少两个字符", notFound: "没有找到“{text}”", showAll: "显示全部", emptyBin: "回收站是空的", everything: "全部", unlisted: "不列出", recycleBin: "回收站", lists: "列表",
        chooseNamed: "选择 {name}", deletedOn: "删除于 {time}", placeGone: "这个地址里的位置已经失效，下面从头开始",
        fileCount: "{count} 个", dayName: "{year}年{month}月{day}日", filter: "筛选", actionsOf: "{name} 的操作", month: "{month}月", monthNames: "1 2 3 4 5 6 7 8 9 10 11 12")
    public static let zhTW = GalleryWords(
        heading: "廣場", headingOfDay: "{day} 廣場", closed: "管理員關閉了預覽", empty: "今天還沒有上傳的圖片", emptyDay: "這一天沒有上傳的圖片",
        emptyType: "這一天沒有這種類型的檔案", noSuchPage: "沒有這一頁", firstPage: "第一頁", upload: "上傳",
        elsewhere: "超出可瀏覽的範圍，已返回今日的列表", date: "日期", days: "日期", types: "類型", look: "檢視", today: "今日", yesterday: "昨日",
        dayOfMonth: "{day}日", allTypes: "全部", shownCount: "目前 {count}", next: "下一頁", search: "按名稱搜尋",
        type: "類型", everyType: "全部類型", pictures: "圖片", videos: "影片", order: "順序", newest: "最新", oldest: "最早", mostViewed: "最多瀏覽", largest: "最大",
        months: "月份", older: "更早", newer: "較新", previous: "上一部分", following: "下一部分", goOn: "繼續找", more: "更多檔案", emptyList: "還沒有上傳的圖片", emptyFilter: "沒有這種類型的檔案",
        searchTooShort: "請輸入至少兩個字元", notFound: "沒有找到「{text}」", showAll: "顯示全部", emptyBin: "資源回收筒是空的", everything: "全部", unlisted: "不列出", recycleBin: "資源回收筒", lists: "列表",
        chooseNamed: "選取 {name}", deletedOn: "刪除於 {time}", placeGone: "這個網址裡的位置已經失效，下面從頭開始",
        fileCount: "{count} 個", dayName: "{year}年{month}月{day}日", filter: "篩選", actionsOf: "{name} 的操作", month: "{month}月", monthNames: "1 2 3 4 5 6 7 8 9 10 11 12")
    public static let en = GalleryWords(
        heading: "Gallery", headingOfDay: "Gallery of {day}", closed: "The administrator has closed the gallery",
        empty: "Nothing was uploaded today", emptyDay: "Nothing was uploaded on this day",
        emptyType: "No file of this type was uploaded on this day", noSuchPage: "There is no such page", firstPage: "First page", upload: "Upload", elsewhere: "That day is not shown, here are today's uploads", date: "Date",
        days: "Days", types: "Types", look: "Show", today: "Today", yesterday: "Yesterday", dayOfMonth: "{day}", allTypes: "All",
        shownCount: "Files: {count}", next: "Next page", search: "Search by name", type: "Type", everyType: "All types", pictures: "Pictures",
        videos: "Videos", order: "Order", newest: "Newest", oldest: "Oldest", mostViewed: "Most viewed", largest: "Largest", months: "Months",
        older: "Older", newer: "Newer", previous: "Previous", following: "Next", goOn: "Search on", more: "More files", emptyList: "Nothing has been uploaded yet",
        emptyFilter: "There are no files of this type", searchTooShort: "Enter at least two characters", notFound: "Nothing was found for “{text}”",
        showAll: "Show all", emptyBin: "The recycle bin is empty", everything: "All", unlisted: "Unlisted", recycleBin: "Recycle bin", lists: "Lists",
        chooseNamed: "Select {name}", deletedOn: "Deleted {time}", placeGone: "The place in this address is gone; this is the beginning", fileCount: "Files: {count}",
        dayName: "{day} {month} {year}", filter: "Filters", actionsOf: "Actions for {name}", month: "{month}",
        monthNames: "January February March April May June July August September October November December")
}
