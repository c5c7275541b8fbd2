// The lists of everybody's files between which an administrator changes.

import HTML
import Pages
import Words

struct SiteTabs {
    let filters: SiteFilters
    let frame: PageFrame

    var markup: Markup {
        let words = frame.words.gallery
        return """
            <nav class="tabs" aria-label="\(words.lists)">
            \(link([], words.everything, isHere: !filters.isRecycled))\
            \(link([("in", SiteFilters.recycled)], words.recycleBin, isHere: filters.isRecycled))</nav>

            """
    }

    private func link(_ query: [(name: String, value: String)], _ name: String, isHere: Bool) -> Markup {
        "<a href=\"\(frame.prefix + PageAddress(.files, query).text)\"\(isHere ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
    }
}
