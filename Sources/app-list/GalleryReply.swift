// The gallery of a day: links to earlier days, and a card for each file.

import HTML
import HTTP
import MediaStore
import Pages
import Paths

struct GalleryReply: Reply {
    private let form: GalleryForm
    private let page: ListPage
    private let frame: PageFrame
    private let links: PictureLinks

    init(_ page: ListPage, _ form: GalleryForm, _ frame: PageFrame) {
        (self.page, self.form, self.frame) = (page, form, frame)
        links = PictureLinks(frame.settings)
    }

    var response: Response { frame.response("\(form.day.text) 广场", content: content) }

    private var content: Markup {
        """
        <p role="status">\(form.isElsewhere ? "已超出浏览页数, 返回今日上传列表" : "")</p>
        <nav aria-label="日期">\(days)</nav>
        <form method="get" action="\(frame.links.address(.gallery))">
        <label>日期 <input type="date" name="date" value="\(form.day.text.replacing("/", with: "-"))"></label>
        <button>查看</button>
        </form>
        <nav aria-label="类型">\(types)</nav>
        \(cards)\(further)
        """
    }

    private var cards: Markup {
        guard !page.files.isEmpty else { return "<p>今天还没有上传的图片哟~~</p>" }
        return "<ul class=\"cards\">\n\(page.files.map(card))</ul>"
    }

    private func card(_ file: StoredFile) -> Markup {
        let report: Markup? = links.report(file.path).map { " <a href=\"\($0.text)\" rel=\"noreferrer\">举报</a>" }
        return """
            <li>
            <a href="\(links.picture(file.path))">\(links.image(of: file))</a>
            <p class="name">\(file.path.name)</p>
            <input readonly value="\(links.picture(file.path))" aria-label="链接">
            <p class="links"><a href="\(links.details(file.path))">信息</a> <a href="\(links.download(file.path))">下载</a>\(report)</p>
            \(form.visitor.deletion(of: links.parameter(file.path), at: links.deletion))</li>

            """
    }

    // Links to other days, types and pages

    private var days: [Markup] {
        let back = min(frame.settings.pages.galleryDays, GalleryReply.linkedDays)
        return (0...max(back, 1)).map { number in
            let day = form.today.moved(by: -number)
            let name = switch number {
            case 0: "今日"
            case 1: "昨日"
            default: "\(day.day)号"
            }
            return link(name, isHere: day == form.day, number == 0 ? "" : "date=\(day.text)/")
        }
    }

    private var types: [Markup] {
        [link("全部", isHere: form.request.fileExtension == nil, "date=\(form.day.text)/")] + ["jpg", "png", "gif", "webp"].map {
            link($0.uppercased(), isHere: form.request.fileExtension == $0, "date=\(form.day.text)/&search=\($0)")
        }
    }

    private var further: Markup {
        let search = form.request.fileExtension.map { "&search=\($0)" } ?? ""
        let whole = "date=\(form.day.text)/\(search)&num=\(min(page.total, DayRequest.limit))"
        let isWhole = page.files.count == page.total
        let next = form.request.page * form.request.limit < page.total
            ? link("下一页", isHere: false, "date=\(form.day.text)/\(search)&num=\(form.request.limit)&page=\(form.request.page + 1)")
            : nil
        return """
            <p>\(link("当前 \(page.total)", isHere: isWhole, whole)) \(next)</p>
            """
    }

    private func link(_ name: String, isHere: Bool, _ query: String) -> Markup {
        let address = frame.links.address(.gallery) + (query.isEmpty ? "" : "?" + query)
        return "<a href=\"\(address)\"\(isHere ? " aria-current=\"page\"" as Markup : "")>\(name)</a> "
    }

    /// How many days have a link of their own.
    private static let linkedDays = 30
}
