// What the pages of numbers and logs have in common: each leads to the other.

import HTML
import Paths
import Words

extension PageFrame {
    /// Links from one of these pages to the other.
    public func adminTabs(at path: Path) -> Markup {
        let tabs: [Markup] = [(Path.chart, words.navigation.statistics), (.logs, words.logs.heading)].map { page, name in
            "<a href=\"\(links.address(page))\"\(page == path ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.logs.sections)\">\n\(tabs)</nav>\n"
    }
}
