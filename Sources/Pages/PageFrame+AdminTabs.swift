// What the pages of numbers and logs have in common: each leads to the other.

import HTML
import Paths
import Words

extension PageFrame {
    /// Whether the settings have a page.
    func isOn(_ page: Path) -> Bool {
        switch page {
        case .chart: settings.pages.showsStatistics
        case .files: settings.pages.showsFiles
        case .settings: settings.pages.showsSettings
        default: true
        }
    }

    /// Links from one of these pages to the other.
    public func adminTabs(at path: Path) -> Markup {
        let tabs: [Markup] = [(Path.chart, words.navigation.statistics), (.logs, words.logs.heading)].filter { isOn($0.0) }.map { page, name in
            "<a href=\"\(links.address(page))\"\(page == path ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.logs.sections)\">\n\(tabs)</nav>\n"
    }
}
