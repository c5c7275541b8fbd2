// What the pages of numbers and logs have in common: only administrators see them, and each leads to the other.

import Accounts
import HTML
import HTTP
import Paths
import Site
import Words

extension Visit {
    /// Lets administrators alone go on.
    ///
    /// - Throws: `Problem` 401, which sends browsers to the sign-in page; 403 to other accounts.
    public func requireAdministrator() throws {
        guard try ownAccount.role == .admin else { throw Problem(.forbidden, says: "Administrator required") }
    }
}

extension PageFrame {
    /// Links from one of these pages to the other.
    public func adminTabs(at path: Path) -> Markup {
        let tabs: [Markup] = [(Path.chart, words.navigation.statistics), (.logs, words.logs.heading)].map { page, name in
            "<a href=\"\(links.address(page))\"\(page == path ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.logs.sections)\">\n\(tabs)</nav>\n"
    }
}
