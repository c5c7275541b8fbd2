// The list of an account's JSON files.

import Database
import HTML
import Pages
import SyncStore
import Time
import Words

struct FileListPanel {
    let files: SyncFilePage
    let paging: Paging
    let openConflicts: Int
    let frame: PageFrame

    private var words: JSONWords { frame.words.json }

    var markup: Markup {
        """
        \(frame.jsonHead(nil, .files, openConflicts: openConflicts))\(files.files.isEmpty ? empty : list)\
        \(frame.jsonPager(paging, total: files.total, []))
        """
    }

    private var empty: Markup {
        frame.jsonEmpty(words.noFiles, "<p><a href=\"\(frame.links.address(.apiPage))\">\(words.howToPush)</a></p>")
    }

    private var list: Markup { "<ul class=\"rows\">\n\(files.files.map(row))</ul>\n" }

    private func row(_ file: SyncFileSummary) -> Markup {
        let conflicts: Markup? = file.openConflicts == 0 ? nil
            : " · <span><a class=\"warn\" href=\"\(frame.json(JSONPart.conflicts.query(of: file.key)))\">\(words.openConflicts(file.openConflicts))</a></span>"
        return """
            <li class="row">
            <div class="what">
            <p class="name"><a href="\(frame.json([("key", file.key)]))">\(file.key)</a></p>
            <p class="meta">v\(file.current) · <span>\(file.isDeleted ? words.isDeleted : ByteText.format(file.size))</span> · \
            <span>\(SiteTime(file.updatedAt).text)</span>\(conflicts)</p>
            </div>
            </li>

            """
    }
}
