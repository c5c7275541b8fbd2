// The destinations of the site, in the bar above a page; on phones the style sheet moves them to the bottom.

import HTML
import Paths
import Words

struct PageNavigation {
    let page: Page
    let frame: PageFrame

    private var words: NavigationWords { frame.words.navigation }

    var markup: Markup {
        let isHere = page.address?.path == .signIn
        let signIn = frame.visitor.name == nil ? link(words.signIn, frame.signInAddress(back: page.address), isHere: isHere) : nil
        return """
            <nav class="site" aria-label="\(words.site)">
            \(places.map { link($0.name, $0.address, isHere: $0.isHere) })\(signIn)<details class="more">
            <summary>\(words.more)</summary>
            <div class="menu">
            \(PageFooter(page: page, frame: frame).markup)</div>
            </details>
            </nav>

            """
    }

    private var places: [(name: String, address: String, isHere: Bool)] {
        [(words.home, frame.home, false)] + [(words.gallery, Path.gallery), (words.history, .uploadHistory)].map { name, path in
            (name, frame.links.address(path), page.address?.path == path)
        }
    }

    private func link(_ name: String, _ address: String, isHere: Bool) -> Markup {
        "<a href=\"\(address)\"\(isHere ? " aria-current=\"page\"" as Markup : "")>\(name)</a>\n"
    }
}
