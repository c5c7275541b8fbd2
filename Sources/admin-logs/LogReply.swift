// The page of a log: what can be asked for, the rows of a part, and links to the next one and to all of them as a file.

import HTML
import HTTP
import MediaStore
import Pages
import Paths
import Time
import Words

struct LogReply: Reply {
    let log: ShownLog
    let form: LogForm
    let frame: PageFrame

    private var words: LogWords { frame.words.logs }

    var response: Response {
        let lists = [(LogForm.Log.uploads, words.uploads), (.signIns, words.signIns)].map { log, name -> Markup in
            let address = PageAddress(.logs, log == .uploads ? [] : [("log", log.rawValue)])
            return "<a href=\"\(frame.prefix + address.text)\"\(log == form.log ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return frame.response(Page(words.heading, at: form.address(from: form.position), content: """
            \(frame.adminTabs(at: .logs))<nav class="days" aria-label="\(words.heading)">
            \(lists)</nav>
            \(filters)\(note)\(rows)\(further)
            """))
    }

    private var filters: Markup {
        """
        <form class="filters" method="get" action="\(frame.links.address(.logs))" role="search">
        \(form.log == .uploads ? nil : "<input type=\"hidden\" name=\"log\" value=\"\(form.log.rawValue)\">\n" as Markup)\
        <label>\(words.month) <select name="month"><option value="">\(words.everyMonth)</option>\(months)</select></label>
        <label>\(words.searchIn) <select name="by">\(fields)</select></label>
        <label class="search">\(words.search) <input type="search" name="q" value="\(form.text)" maxlength="\(LogForm.searchLimit)"></label>
        <button>\(frame.words.gallery.look)</button>
        <button name="format" value="csv" class="quiet">\(words.download)</button>
        </form>

        """
    }

    private var months: [Markup] {
        let offered = form.month.map { log.months.contains($0) ? log.months : [$0] + log.months } ?? log.months
        return offered.map { option($0.text, $0.text.replacing("/", with: "-"), isChosen: $0 == form.month) }
    }

    private var fields: [Markup] {
        form.fields.map { field in
            let name = switch field {
            case .address: words.address
            case .name: words.name
            case .account: words.account
            }
            return option(field.rawValue, name, isChosen: field == form.field)
        }
    }

    private func option(_ value: String, _ name: String, isChosen: Bool) -> Markup {
        "<option value=\"\(value)\"\(isChosen ? " selected" as Markup : nil)>\(name)</option>"
    }

    /// What the log does not have.
    private var note: Markup? {
        if form.log == .signIns { return "<p class=\"help\">\(words.keptFor(days: frame.settings.senders.signInDays))</p>\n" }
        return frame.settings.senders.isRecorded ? nil : "<p class=\"help\">\(words.recordingOff)</p>\n"
    }

    private var rows: Markup {
        switch log.rows {
        case .uploads(let part) where !part.entries.isEmpty: "<ul class=\"rows\">\n\(part.entries.map(UploadRow(frame: frame, owners: log.owners).markup))</ul>\n"
        case .signIns(let part) where !part.entries.isEmpty: SignInTable(frame: frame).markup(part.entries)
        default: empty
        }
    }

    private var empty: Markup {
        let isShort = form.log == .uploads && form.field == .name && form.text.unicodeScalars.count == 1
        let text = log.isCut ? words.cut : isShort ? frame.words.gallery.searchTooShort
            : form.isWhole ? words.empty : words.nothingFound
        return "<div class=\"empty\">\n\(frame.icon("history", size: 48))\n<p role=\"status\">\(text)</p>\n</div>\n"
    }

    private var further: Markup? {
        let first: Markup? = form.position.map { _ in link(words.first, form.address(from: nil)) }
        let next: Markup? = log.next.map { link(log.isCut ? frame.words.gallery.goOn : frame.words.gallery.older, form.address(from: $0), " rel=\"next\"") }
        guard first != nil || next != nil else { return nil }
        return "<nav class=\"pager\" aria-label=\"\(frame.words.gallery.more)\">\(first)\(next)</nav>\n"
    }

    private func link(_ name: String, _ address: PageAddress, _ attributes: Markup? = nil) -> Markup {
        "<a href=\"\(frame.prefix + address.text)\"\(attributes)>\(name)</a> "
    }
}
