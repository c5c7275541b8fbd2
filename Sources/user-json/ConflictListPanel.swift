// Open conflicts, or resolved ones.

import Database
import HTML
import Pages
import SyncStore
import Time
import Words

struct ConflictListPanel {
    let conflicts: ConflictPage
    let paging: Paging
    let isResolved: Bool
    let file: SyncFileSummary?
    let openConflicts: Int
    let frame: PageFrame

    private var words: ConflictWords { frame.words.conflicts }

    private var query: [(name: String, value: String)] { JSONPart.conflicts.query(of: file?.key) }

    var markup: Markup {
        let list: Markup = conflicts.conflicts.isEmpty ? frame.jsonEmpty(isResolved ? words.noneResolved : words.noneOpen)
            : "<ul class=\"rows\">\n\(conflicts.conflicts.map(row))</ul>\n"
        return """
            \(frame.jsonHead(file, .conflicts, openConflicts: file?.openConflicts ?? openConflicts))
            <p class="choices">\(choice(words.open, isResolved: false))\(choice(words.resolved, isResolved: true))</p>
            \(list)\(frame.jsonPager(paging, total: conflicts.total, query + (isResolved ? [("resolved", "1")] : [])))
            """
    }

    private func choice(_ name: String, isResolved: Bool) -> Markup {
        let address = frame.json(query + (isResolved ? [("resolved", "1")] : []))
        return "<a href=\"\(address)\"\(isResolved == self.isResolved ? " aria-current=\"true\"" as Markup : nil)>\(name)</a>\n"
    }

    private func row(_ conflict: StoredConflict) -> Markup {
        let clean: Markup? = conflict.isClean ? " · \(words.clean)" : nil
        let end: Markup? = conflict.resolution.map { " · \(ConflictPanel.name(ofResolution: $0, words))" }
        return """
            <li class="row">
            <div class="what">
            <p class="name"><a href="\(frame.json([("conflict", "\(conflict.id)")]))">\(words.title(conflict.id))</a> \
            <span class="muted">\(conflict.fileKey)</span></p>
            <p class="meta"><span>\(SiteTime(conflict.createdAt).text)</span> · \(frame.jsonMaker(conflict.deviceID, conflict.deviceName)) · \
            <span>v\(conflict.remoteVersion) → v\(conflict.savedVersion)</span>\(clean)\(end)</p>
            </div>
            </li>

            """
    }
}
