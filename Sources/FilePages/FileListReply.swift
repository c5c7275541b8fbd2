// A list of files: filters, months, a part of the list with a heading for each day, and what can be done with the files that are chosen.

import HTML
import HTTP
import Media
import MediaStore
import Pages
import Paths
import Time
import Words

/// The page of a list of files, or one part of it.
public struct FileListReply: Reply {
    private let gallery: Gallery
    private let owners: [Int: String]?
    private let count: FileCount?
    private let isTaskWaiting: Bool
    private let form: FileListForm
    private let frame: PageFrame
    private let notice: Notice?

    /// - Parameters:
    ///   - done: what was done with files before the browser came here.
    ///   - owners: names of accounts by their ids, in a list of everybody's files.
    ///   - count: how many files it has; nil if they were not counted.
    ///   - isTaskWaiting: whether what the administrator does with all files of a list is not over.
    public init(_ gallery: Gallery, _ form: FileListForm, _ frame: PageFrame, _ done: DoneFiles, owners: [Int: String]? = nil, count: FileCount? = nil,
                isTaskWaiting: Bool = false) {
        (self.count, self.isTaskWaiting) = (count, isTaskWaiting)
        notice = done.notice(frame.words.selection)
        (self.gallery, self.form, self.frame, self.owners) = (gallery, form, frame, owners)
    }

    public var response: Response {
        if form.isPartAlone { return frame.response(partAlone: part) }
        let content: Markup = """
            \(FileListFilters(form: form, months: gallery.months, frame: frame).markup)\(entry)\(lost)\(part)\
            \(SelectionBar(frame, back: address, isRecycleBin: form.place.isRecycleBin, at: form.place.path == .files ? .files : .ownFiles).markup(files))
            """
        let scripts = FileListScripts(frame)
        if let filters = form.place.filters { return siteFiles(filters, content, scripts) }
        guard form.place == .gallery else {
            return AccountPage(frame, at: .ownFiles).response(content, notice, modules: scripts.modules, scripts.words)
        }
        var page = Page(words.heading, at: address, content: "\(notice?.markup)\(content)")
        (page.publicPage, page.modules, page.scriptWords) = (.gallery, scripts.modules, scripts.words)
        return frame.response(page)
    }

    private var words: GalleryWords { frame.words.gallery }
    private var files: [StoredFile] { gallery.part.files }
    private var cards: FileCards {
        FileCards(frame, isRecycleBin: form.place.isRecycleBin, at: form.place.path == .files ? .files : .ownFiles, owners: owners,
                  tellsEnd: form.place != .gallery)
    }

    /// The page of everybody's files. What cannot be as it was entered is told instead of files.
    private func siteFiles(_ filters: SiteFilters, _ list: Markup, _ scripts: FileListScripts) -> Response {
        let content: Markup = filters.isValid ? list
            : "\(FileListFilters(form: form, months: [], frame: frame).markup)\(SiteFields(filters: filters, frame: frame).faults)"
        var page = Page(frame.words.siteFiles.heading, at: address, content: "\(SiteTabs.markup(form.place.word, frame))\(notice?.markup)\(waiting)\(content)")
        (page.modules, page.scriptWords) = (filters.isValid ? scripts.modules : ["gallery.js"], scripts.words)
        return frame.response(page, status: filters.isValid ? .ok : .unprocessableContent)
    }

    /// The address of this part: languages and actions lead back to it.
    private var address: PageAddress {
        guard let position = form.request.position else { return form.address([]) }
        return form.month.map { form.address([("month", $0.text)]) } ?? form.address([(form.request.isBefore ? "after" : "before", position.text)])
    }

    /// What leads to actions on all files of the list.
    private var entry: Markup? { form.place.filters == nil || files.isEmpty ? nil : AllFilesForm.entry(form, frame, count) }

    private var waiting: Markup? {
        guard isTaskWaiting else { return nil }
        let words = frame.words.siteFiles
        return "<p class=\"notice warn\" role=\"status\">\(words.taskWaits) <a href=\"\(frame.links.address(.files))?task=1\">\(words.look)</a></p>\n"
    }

    private var lost: Markup? {
        guard form.isElsewhere else { return nil }
        return "<p class=\"notice\" role=\"status\">\(words.placeGone)</p>\n"
    }

    /// Which a script puts below what is there.
    private var part: Markup {
        files.isEmpty && gallery.part.next == nil && gallery.part.previous == nil ? empty : """
            \(newer)<div class="part" data-address="\(frame.prefix + address.text)"\(again)>
            \(sections)</div>
            \(older)
            """
    }

    /// The address that shows these files again when others have come, where `address` is that of the beginning.
    private var again: Markup? {
        guard form.request.position == nil, let end = gallery.part.end else { return nil }
        return " data-again=\"\(frame.prefix + form.address([("after", end.text)]).text)\""
    }

    private var sections: [Markup] {
        guard form.request.order == .time else { return files.isEmpty ? [] : [cards.list(files)] }
        return days.map { day, files in
            let count = gallery.count(of: day)
            let id = "day-\(day.text.replacing("/", with: "-"))"
            return """
                <section aria-labelledby="\(id)">
                <h2 id="\(id)">\(name(of: day)) \(count.map { "<small>\(words.files($0))</small>" as Markup })</h2>
                \(cards.list(files))</section>

                """
        }
    }

    private func name(of day: SiteDay) -> String {
        let today = SiteDay.today
        if day == today { return words.today }
        return day == today.moved(by: -1) ? words.yesterday : words.dayName(year: day.year, month: day.month, day: day.day)
    }

    /// The files by their days, in the order of the list.
    private var days: [(day: SiteDay, files: [StoredFile])] {
        var found: [(day: SiteDay, files: [StoredFile])] = []
        for file in files {
            let day = SiteDay(of: file.createdAt)
            if found.last?.day == day { found[found.count - 1].files.append(file) } else { found.append((day, [file])) }
        }
        return found
    }

    /// Towards the beginning of the list.
    private var newer: Markup? {
        gallery.part.previous.map { link(isOfTime(form.request.descending) ?? words.previous, "prev", form.address([("after", $0.text)])) }
    }

    /// Towards its end.
    private var older: Markup? {
        let name = gallery.part.isCut ? words.goOn : isOfTime(!form.request.descending) ?? words.following
        return gallery.part.next.map { link(name, "next", form.address([("before", $0.text)])) }
    }

    /// What leads to newer or older files; nil in an order that is none of time.
    private func isOfTime(_ isNewer: Bool) -> String? {
        guard form.request.order == .time || form.request.order == .matches else { return nil }
        return isNewer ? words.newer : words.older
    }

    private func link(_ name: String, _ relation: String, _ address: PageAddress) -> Markup {
        """
        <nav class="pager" aria-label="\(words.more)"><a href="\(frame.prefix + address.text)" rel="\(relation)">\(name)</a></nav>

        """
    }

    private var empty: Markup {
        let isNarrowed = form.place.filters?.isNarrowed ?? false
        let isWhole = form.search.isEmpty && form.filter == .all && !form.place.isRecycleBin && !isNarrowed
        let text = isNarrowed ? frame.words.siteFiles.noneFits : emptyText(isWhole)
        return """
            <div class="empty">
            \(frame.icon("images", size: 48))
            <p role="status">\(text)</p>
            \(isWhole ? "<a class=\"button primary\" href=\"\(frame.home)\">\(words.upload)</a>"
                : "<a class=\"button\" href=\"\(frame.links.address(form.place.path))\">\(words.showAll)</a>" as Markup)
            </div>

            """
    }

    private func emptyText(_ isWhole: Bool) -> String {
        if form.search.isEmpty { return isWhole ? words.emptyList : form.filter == .all ? words.emptyBin : words.emptyFilter }
        return form.search.unicodeScalars.count < 2 ? words.searchTooShort : words.nothingFound(form.search)
    }
}

extension FileListForm {
    /// An address of this list.
    ///
    /// - Parameter start: the words that say where it begins.
    public func address(_ start: [(name: String, value: String)]) -> PageAddress {
        PageAddress(place.path, [
            place.word.isEmpty ? nil : ("in", place.word),
            search.isEmpty ? nil : ("q", search), filter == .all ? nil : ("type", filterWord), order == .newest ? nil : ("order", order.rawValue),
        ].compactMap { $0 } + (place.filters?.words ?? []) + start)
    }

    /// The filter as the query names it; empty for none.
    var filterWord: String {
        switch filter {
        case .all: ""
        case .kind(let kind): kind.rawValue
        case .type(let type): type.fileExtension
        }
    }
}
