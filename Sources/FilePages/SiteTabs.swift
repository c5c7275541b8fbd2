// The lists of everybody's files between which an administrator changes.

import HTML
import Pages
import Words

/// Links to them.
public enum SiteTabs {
    /// - Parameter word: that of the list which is shown, as its address has it; empty for all files.
    public static func markup(_ word: String, _ frame: PageFrame) -> Markup {
        let words = frame.words.gallery
        let links = [("", words.everything), (SiteFilters.recycled, words.recycleBin), ("suspic", frame.words.siteFiles.suspects)].map { list, name -> Markup in
            let address = frame.prefix + PageAddress(.files, list.isEmpty ? [] : [("in", list)]).text
            return "<a href=\"\(address)\"\(list == word ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.lists)\">\n\(links)</nav>\n"
    }
}
