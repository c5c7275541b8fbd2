// What the script of the gallery says; its property names are the keys of `words` in gallery.js.

/// Texts of `gallery.js`.
public struct GalleryScriptWords: WordGroup {
    public let loading: String
    public let moreLoaded: String
    public let notLoaded: String
    public let tryAgain: String
    public let viewer: String
    public let previousFile: String
    public let nextFile: String
    public let zoomIn: String
    public let zoomOut: String
    public let fit: String
    public let rotate: String
    public let position: Template
    public let notShown: String
    public let details: String
    public let copy: String
    public let isDeleted: String

    public static let zhCN = GalleryScriptWords(loading: "正在加载…", moreLoaded: "已加载更多文件", notLoaded: "没有加载成功", tryAgain: "重试",
        viewer: "查看图片", previousFile: "上一个", nextFile: "下一个", zoomIn: "放大", zoomOut: "缩小", fit: "适合窗口", rotate: "旋转", position: "{number} / {count}",
        notShown: "浏览器不能显示这种格式", details: "信息", copy: "复制", isDeleted: "已删除")
    public static let zhTW = GalleryScriptWords(loading: "正在載入…", moreLoaded: "已載入更多檔案", notLoaded: "沒有載入成功", tryAgain: "重試",
        viewer: "檢視圖片", previousFile: "上一個", nextFile: "下一個", zoomIn: "放大", zoomOut: "縮小", fit: "符合視窗", rotate: "旋轉", position: "{number} / {count}",
        notShown: "瀏覽器無法顯示這種格式", details: "資訊", copy: "複製", isDeleted: "已刪除")
    public static let en = GalleryScriptWords(loading: "Loading…", moreLoaded: "More files are loaded", notLoaded: "Not loaded", tryAgain: "Try again",
        viewer: "Viewer", previousFile: "Previous", nextFile: "Next", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Fit", rotate: "Rotate",
        position: "{number} / {count}", notShown: "The browser cannot show this format", details: "Details", copy: "Copy", isDeleted: "Deleted")
}
