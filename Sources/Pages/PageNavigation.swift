// The destinations of the site, in the bar above a page; on phones the style sheet moves them to the bottom.

import HTML
import Paths
import Words

struct PageNavigation {
    let page: Page
    let frame: PageFrame

    private var words: NavigationWords { frame.words.navigation }
    private var footer: PageFooter { PageFooter(page: page, frame: frame) }

    var markup: Markup {
        """
        <nav class="site" aria-label="\(words.site)">
        \(place(words.home, .home, "upload"))\(gallery)\(history)\(administration)\(account)<details class="more"\(isAdministration ? " data-current" as Markup : nil)>
        <summary>\(frame.icon("more"))\(words.more)</summary>
        <div class="menu">
        \(administration)\(footer.links)\(footer.choices)\(footer.signOut)</div>
        </details>
        </nav>

        """
    }

    private var gallery: Markup? {
        frame.visitor.seesGallery(frame.settings) ? place(words.gallery, .gallery, "gallery", today) : nil
    }

    /// The number of today's listed files.
    private var today: Markup? {
        guard let count = frame.filesOfToday, count > 0 else { return nil }
        return " <span class=\"count\" title=\"\(words.today(count))\">\(count > 999 ? "999+" : "\(count)")</span>"
    }

    private var history: Markup? {
        frame.settings.looks.linksHistory ? place(words.history, .uploadHistory, "history") : nil
    }

    /// An administrator's pages; on phones they stand behind "more".
    private var administration: Markup? {
        guard frame.visitor.isAdmin else { return nil }
        return """
            \(administration(words.settings, .settings, "settings"))\(administration(words.statistics, .chart, "chart", and: .logs))\
            \(administration(words.files, .files, "images"))\(administration(words.users, .users, "user"))
            """
    }

    private var isAdministration: Bool { page.address.map { [.settings, .chart, .logs, .files, .users].contains($0.path) } ?? false }

    /// - Parameter other: the page to which the link leads where `path` is off.
    private func administration(_ name: String, _ path: Path, _ icon: String, and other: Path? = nil) -> Markup? {
        guard let shown = frame.isOn(path) ? path : other else { return nil }
        let isHere = page.address.map { $0.path == path || $0.path == other } ?? false
        return link(name, frame.links.address(shown), icon, isHere: isHere, class: " class=\"wide\"")
    }

    private var account: Markup {
        guard frame.visitor.name == nil else {
            let isHere = [.account, .ownFiles, .ownJSON, .security].contains(page.address?.path)
            return link(words.account, frame.links.address(.account), "user", isHere: isHere, class: " class=\"end\"")
        }
        let isHere = page.address?.path == .signIn
        return link(words.signIn, frame.signInAddress(back: page.address), "user", isHere: isHere, class: " class=\"end\"")
    }

    private func place(_ name: String, _ path: Path, _ icon: String, _ count: Markup? = nil) -> Markup {
        link(name, frame.links.address(path), icon, isHere: page.address?.path == path, count: count)
    }

    private func link(_ name: String, _ address: String, _ icon: String, isHere: Bool, class: Markup? = nil, count: Markup? = nil) -> Markup {
        "<a\(`class`) href=\"\(address)\"\(isHere ? " aria-current=\"page\"" as Markup : "")>\(frame.icon(icon))\(name)\(count)</a>\n"
    }
}
