// What a list of files can be asked for: names, types, a day, an order; for administrators more; and the months that have files.

import HTML
import Media
import MediaStore
import Pages
import Paths
import Time
import Words

struct FileListFilters {
    let form: FileListForm
    /// Newest first.
    let months: [MonthCount]
    let frame: PageFrame

    private var words: GalleryWords { frame.words.gallery }

    var markup: Markup {
        """
        <form class="filters\(isFiltered ? " open" as Markup : nil)" method="get" action="\(frame.links.address(form.place.path))" role="search">
        \(inPlace)\
        <label class="search">\(words.search) <input type="search" name="q" value="\(form.search)" maxlength="\(FileListForm.searchLimit)"></label>
        <button type="button" class="scripted unfold" aria-expanded="\(isFiltered ? "true" : "false")" aria-controls="further">\(words.filter)</button>
        <div class="further" id="further">
        <label>\(words.type) <select name="type">\(options(types, chosen: form.filterWord))</select></label>
        \(date)\(siteFields)\(order)\
        </div>
        <button>\(words.look)</button>
        </form>
        \(note)\(tabs)\(index)
        """
    }

    /// Why two of these fields may find nothing.
    private var note: Markup? {
        guard form.place.filters != nil, !frame.settings.senders.isRecorded else { return nil }
        return "<p class=\"help\">\(frame.words.siteFiles.recordingOff)</p>\n"
    }

    private var siteFields: Markup? { form.place.filters.map { SiteFields(filters: $0, frame: frame).markup } }

    /// On phones the fields other than the search are folded until one of them says something.
    private var isFiltered: Bool { form.filter != .all || form.order != .newest || form.place.filters?.isFiltered ?? false }

    private var inPlace: Markup? {
        form.place.word.isEmpty ? nil : "<input type=\"hidden\" name=\"in\" value=\"\(form.place.word)\">\n"
    }

    private var date: Markup? {
        form.place == .gallery ? "<label>\(words.date) <input type=\"date\" name=\"date\"></label>\n" : nil
    }

    /// The recycle bin has one order.
    private var order: Markup? {
        guard !form.place.isRecycleBin, !form.place.orders.isEmpty else { return nil }
        return "<label>\(words.order) <select name=\"order\">\(options(orders, chosen: form.order.rawValue))</select></label>\n"
    }

    /// The lists of an account.
    private var tabs: Markup? {
        guard form.place != .gallery, form.place.filters == nil else { return nil }
        let links = [("", words.everything), ("unlisted", words.unlisted), ("recycled", words.recycleBin)].map { word, name -> Markup in
            let address = PageAddress(.ownFiles, word.isEmpty ? [] : [("in", word)])
            return "<a href=\"\(frame.prefix + address.text)\"\(word == form.place.word ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"days\" aria-label=\"\(words.lists)\">\n\(links)</nav>\n"
    }

    private var types: [(value: String, name: String)] {
        [("", words.everyType), ("image", words.pictures), ("video", words.videos)] + MediaType.allCases.map { ($0.fileExtension, $0.fileExtension) }
    }

    private var orders: [(value: String, name: String)] {
        zip(FileListOrder.allCases, [words.newest, words.oldest, words.mostViewed, words.largest]).filter { form.place.orders.contains($0.0) }
            .map { ($0.rawValue, $1) }
    }

    private func options(_ values: [(value: String, name: String)], chosen: String) -> [Markup] { SelectOptions.markup(values, chosen: chosen) }

    /// Links to the months of one year and to the last ones of the others, where the list is one of times from the newest down.
    private var index: Markup? {
        guard form.showsMonths, months.count > 1 else { return nil }
        let open = form.month?.year ?? months[0].year
        let links = months.enumerated().compactMap { number, count -> Markup? in
            let beginsYear = number == 0 || months[number - 1].year != count.year
            guard count.year == open else { return beginsYear ? link(count, "\(count.year)") : nil }
            return "\(beginsYear ? "<span>\(count.year)</span>\n" as Markup : nil)\(link(count, words.monthName(count.month)))"
        }
        return "<nav class=\"days\" aria-label=\"\(words.months)\">\n\(links)</nav>\n"
    }

    private func link(_ count: MonthCount, _ name: String) -> Markup {
        let month = SiteMonth(count)
        let isHere = form.month == month ? " aria-current=\"page\"" as Markup : nil
        return """
            <a href="\(frame.prefix + form.address([("month", month.text)]).text)"\(isHere) title="\(words.files(count.files))">\(name)</a>

            """
    }
}
