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

    public func heading(of day: String) -> String { headingOfDay.filled(["day": day]) }
    public func day(_ number: Int) -> String { dayOfMonth.filled(["day": "\(number)"]) }
    public func shown(_ count: Int) -> String { shownCount.filled(["count": "\(count)"]) }

    public static let zhCN = GalleryWords(
        heading: "广场", headingOfDay: "{day} 广场", closed: "管理员关闭了预览哦~~", empty: "今天还没有上传的图片哟~~", emptyDay: "这一天没有上传的图片",
        emptyType: "这一天没有这种类型的文件", noSuchPage: "没有这一页", firstPage: "第一页", upload: "上传",
        elsewhere: "已超出浏览页数, 返回今日上传列表", date: "日期", days: "日期", types: "类型", look: "查看", today: "今日", yesterday: "昨日",
        dayOfMonth: "{day}号", allTypes: "全部", shownCount: "当前 {count}", next: "下一页")
    public static let zhTW = GalleryWords(
        heading: "廣場", headingOfDay: "{day} 廣場", closed: "管理員關閉了預覽", empty: "今天還沒有上傳的圖片", emptyDay: "這一天沒有上傳的圖片",
        emptyType: "這一天沒有這種類型的檔案", noSuchPage: "沒有這一頁", firstPage: "第一頁", upload: "上傳",
        elsewhere: "超出可瀏覽的範圍，已返回今日的列表", date: "日期", days: "日期", types: "類型", look: "檢視", today: "今日", yesterday: "昨日",
        dayOfMonth: "{day}日", allTypes: "全部", shownCount: "目前 {count}", next: "下一頁")
    public static let en = GalleryWords(
        heading: "Gallery", headingOfDay: "Gallery of {day}", closed: "The administrator has closed the gallery",
        empty: "Nothing was uploaded today", emptyDay: "Nothing was uploaded on this day",
        emptyType: "No file of this type was uploaded on this day", noSuchPage: "There is no such page", firstPage: "First page", upload: "Upload", elsewhere: "That day is not shown, here are today's uploads", date: "Date",
        days: "Days", types: "Types", look: "Show", today: "Today", yesterday: "Yesterday", dayOfMonth: "{day}", allTypes: "All",
        shownCount: "Files: {count}", next: "Next page")
}
