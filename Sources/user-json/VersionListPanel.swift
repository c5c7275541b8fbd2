// The versions of a file, the choice of two of them, and its deletion.

import Database
import HTML
import Pages
import SyncStore
import Time
import Words

struct VersionListPanel {
    let history: HistoryPage
    let paging: Paging
    let file: SyncFileSummary
    let frame: PageFrame
    let page: AccountPage

    private var words: JSONWords { frame.words.json }

    var markup: Markup {
        """
        \(frame.jsonHead(file, .files, openConflicts: file.openConflicts))\(history.current > 1 ? choice : nil)
        <ol class="rows" reversed>
        \(history.versions.map(row))</ol>
        \(frame.jsonPager(paging, total: history.current, [("key", file.key)]))\(file.isDeleted ? nil : deletion)
        """
    }

    private func row(_ version: StoredVersion) -> Markup {
        let state = version.isDeletion ? words.deletion : version.isGivenUp ? words.expired : ByteText.format(version.size)
        let merged: Markup? = version.isMerged ? " · <span>\(words.merged)</span>" : nil
        return """
            <li class="row">
            <div class="what">
            <p class="name">v\(version.number) <span class="muted">\(frame.jsonMaker(version.deviceID, version.deviceName))</span></p>
            \(version.message.isEmpty ? nil : "<p class=\"message\">\(version.message)</p>\n" as Markup)\
            <p class="meta"><span>\(SiteTime(version.createdAt).text)</span> · <span>\(state)</span>\(merged)</p>
            </div>
            \(version.isDeletion || version.isGivenUp ? nil : links(version.number))</li>

            """
    }

    private func links(_ number: Int) -> Markup {
        let compare: Markup? = number == 1 ? nil : link(words.compare, [("a", "\(number - 1)"), ("b", "\(number)")], number)
        return "<div class=\"actions\">\n\(link(words.look, [("version", "\(number)")], number))\(compare)</div>\n"
    }

    /// Each link's name says which version it is about.
    private func link(_ name: String, _ query: [(name: String, value: String)], _ number: Int) -> Markup {
        "<a class=\"button quiet\" href=\"\(frame.json([("key", file.key)] + query))\">\(name)<span class=\"unseen\"> v\(number)</span></a>\n"
    }

    private var choice: Markup {
        """
        <form class="filters" action="\(frame.links.address(.ownJSON))">
        <input type="hidden" name="key" value="\(file.key)">
        <label>\(words.from) <input type="number" name="a" min="1" max="\(history.current)" value="\(history.current - 1)" required></label>
        <label>\(words.to) <input type="number" name="b" min="1" max="\(history.current)" value="\(history.current)" required></label>
        <button>\(words.compare)</button>
        </form>

        """
    }

    private var deletion: Markup {
        """
        <details class="fold">
        <summary>\(words.delete)</summary>
        <p class="help">\(words.deleteHelp)</p>
        \(page.form("delete", class: "actions", """
            <input type="hidden" name="file_key" value="\(file.key)">
            <input type="hidden" name="version" value="\(file.current)">
            <button class="danger" data-ask="ask-delete-json">\(words.delete)</button>

            """))</details>
        \(Question(id: "ask-delete-json", words.ask(toDelete: file.key), words.deleteHelp, answer: words.delete).markup(frame.words))
        """
    }
}
