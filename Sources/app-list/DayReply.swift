// The gallery of one day, as old addresses name it: links to the days around it, and a card for each file.

import FilePages
import HTML
import HTTP
import MediaStore
import Pages
import Paths
import Words

struct DayReply: Reply {
    private let form: DayForm
    private let page: ListPage
    private let frame: PageFrame
    private let notice: Notice?

    /// - Parameter done: what was done with files before the browser came here.
    init(_ page: ListPage, _ form: DayForm, _ frame: PageFrame, _ done: DoneFiles) {
        notice = done.notice(frame.words.selection)
        (self.page, self.form, self.frame) = (page, form, frame)
    }

    var response: Response {
        var page = Page(words.heading(of: form.day.text), at: address, content: content)
        let scripts = FileListScripts(frame)
        (page.publicPage, page.modules, page.scriptWords) = (.gallery, scripts.modules, scripts.words)
        return frame.response(page)
    }

    private var words: GalleryWords { frame.words.gallery }
    private var cards: FileCards { FileCards(frame) }

    private var address: PageAddress { address(ofPage: form.request.page.number) }

    private func address(ofPage number: Int) -> PageAddress {
        let size = form.request.page.size
        return PageAddress(.gallery, [
            form.day == form.today ? nil : ("date", form.day.text), form.request.fileExtension.map { ("search", $0) },
            size == frame.settings.pages.gallerySize ? nil : ("num", "\(size)"), number == 1 ? nil : ("page", "\(number)"),
        ].compactMap { $0 })
    }

    private var content: Markup {
        """
        \(notice?.markup)\(form.isElsewhere ? "<p class=\"notice\" role=\"status\">\(words.elsewhere)</p>\n" as Markup : "")\
        <nav class="days" aria-label="\(words.days)">\(days)</nav>
        <form class="filters" method="get" action="\(frame.links.address(.gallery))">
        <label>\(words.date) <input type="date" name="date" value="\(form.day.text.replacing("/", with: "-"))"></label>
        <button>\(words.look)</button>
        </form>
        <nav class="days" aria-label="\(words.types)">\(types)</nav>
        \(shown)\(page.total > 0 ? further : nil)\(SelectionBar(frame, back: address).markup(page.files))
        """
    }

    private var shown: Markup {
        guard !page.files.isEmpty else { return empty }
        return "<ul class=\"cards\">\n\(page.files.map(cards.card))</ul>"
    }

    private var empty: Markup {
        """
        <div class="empty">
        \(frame.icon("images", size: 48))
        <p>\(emptyText)</p>
        \(isBeyond ? firstPage : "<a class=\"button primary\" href=\"\(frame.home)\">\(words.upload)</a>")
        </div>

        """
    }

    /// Whether there are files, but not as many pages.
    private var isBeyond: Bool { page.total > 0 }

    private var emptyText: String {
        if isBeyond { return words.noSuchPage }
        if form.request.fileExtension != nil { return words.emptyType }
        return form.day == form.today ? words.empty : words.emptyDay
    }

    private var firstPage: Markup { "<a class=\"button primary\" href=\"\(frame.prefix + address(ofPage: 1).text)\">\(words.firstPage)</a>" }

    // Links to other days, types and pages

    private var days: [Markup] {
        let back = min(frame.settings.pages.galleryDays, DayReply.linkedDays)
        return (0...max(back, 1)).map { number in
            let day = form.today.moved(by: -number)
            let name = switch number {
            case 0: words.today
            case 1: words.yesterday
            default: words.day(day.day)
            }
            return link(name, isHere: day == form.day, number == 0 ? "" : "date=\(day.text)/")
        }
    }

    private var types: [Markup] {
        [link(words.allTypes, isHere: form.request.fileExtension == nil, "date=\(form.day.text)/")] + ["jpg", "png", "gif", "webp"].map {
            link($0.uppercased(), isHere: form.request.fileExtension == $0, "date=\(form.day.text)/&search=\($0)")
        }
    }

    private var further: Markup {
        let search = form.request.fileExtension.map { "&search=\($0)" } ?? ""
        let whole = "date=\(form.day.text)/\(search)&num=\(min(page.total, DayRequest.limit))"
        let (isWhole, shown) = (page.files.count == page.total, form.request.page)
        let next = shown.number < shown.count(of: page.total)
            ? link(words.next, isHere: false, "date=\(form.day.text)/\(search)&num=\(shown.size)&page=\(shown.number + 1)")
            : nil
        let count: Markup = isWhole ? "<span>\(words.shown(page.total))</span>" : link(words.shown(page.total), isHere: false, whole)
        return "<p class=\"pager\">\(count) \(next)</p>\n"
    }

    private func link(_ name: String, isHere: Bool, _ query: String) -> Markup {
        let address = frame.links.address(.gallery) + (query.isEmpty ? "" : "?" + query)
        return "<a href=\"\(address)\"\(isHere ? " aria-current=\"page\"" as Markup : "")>\(name)</a> "
    }

    /// How many days have a link of their own.
    private static let linkedDays = 30
}
