// Links between the parts of the page, and what all parts have in common.

import Database
import HTML
import Pages
import SyncStore
import Time
import Words

/// A part of the page, of all files or of one.
enum JSONPart: String {
    case files = "", conflicts, devices

    /// What the address has for it.
    func query(of key: String?) -> [(name: String, value: String)] {
        (key.map { [("key", $0)] } ?? []) + (self == .files ? [] : [("in", rawValue)])
    }
}

extension PageFrame {
    /// An address of the page.
    func json(_ query: [(name: String, value: String)]) -> String { prefix + PageAddress(.ownJSON, query).text }

    /// The heading of a file, or nothing for all files, and the links to the parts.
    ///
    /// - Parameter part: the one that is shown; nil for a part of a part.
    func jsonHead(_ file: SyncFileSummary?, _ part: JSONPart?, openConflicts: Int) -> Markup {
        let names = [(JSONPart.files, file == nil ? words.json.files : words.json.versions), (.conflicts, words.json.conflicts), (.devices, words.json.devices)]
        let links: [Markup] = names.map { one, name in
            let count: Markup? = one == .conflicts && openConflicts > 0 ? " <span class=\"count\">\(openConflicts)</span>" : nil
            return "<a href=\"\(json(one.query(of: file?.key)))\"\(one == part ? " aria-current=\"page\"" as Markup : nil)>\(name)\(count)</a>\n"
        }
        return """
            \(file.map(jsonHeading))<nav class="choices parts" aria-label="\(words.json.parts)">
            \(links)</nav>

            """
    }

    private func jsonHeading(_ file: SyncFileSummary) -> Markup {
        let state = file.isDeleted ? words.json.isDeleted : ByteText.format(file.size)
        let download: Markup? = file.isDeleted ? nil
            : "<a class=\"button\" href=\"\(json([("key", file.key), ("download", "1")]))\">\(words.json.download)</a>\n"
        return """
            <p class="links"><a href="\(links.address(.ownJSON))">\(words.json.allFiles)</a></p>
            <div class="head">
            <h2 class="key">\(file.key) <small>v\(file.current) · \(state)</small></h2>
            \(download)</div>

            """
    }

    /// Links to the pages before and after.
    func jsonPager(_ paging: Paging, total: Int, _ query: [(name: String, value: String)]) -> Markup? {
        guard paging.count(of: total) > 1 else { return nil }
        func link(_ name: String, _ relation: String, _ number: Int) -> Markup {
            "<a href=\"\(json(query + [("page", "\(number)")]))\" rel=\"\(relation)\">\(name)</a>\n"
        }
        let previous = paging.number > 1 ? link(words.json.previous, "prev", paging.number - 1) : nil
        let next = paging.number < paging.count(of: total) ? link(words.json.following, "next", paging.number + 1) : nil
        return "<nav class=\"pager\" aria-label=\"\(words.json.pages)\">\n\(previous)\(next)</nav>\n"
    }

    /// Nothing in a list.
    func jsonEmpty(_ text: String, _ more: Markup? = nil) -> Markup { "<div class=\"empty\"><p role=\"status\">\(text)</p>\(more)</div>\n" }

    /// A path as people read it, at most so long.
    func jsonPath(_ path: String) -> Markup {
        let limit = JSONService.pathLimit, scalars = path.unicodeScalars
        if path.isEmpty { return "<span class=\"muted\">\(words.json.wholeDocument)</span>" }
        return "<code>\(String(String.UnicodeScalarView(scalars.prefix(limit))).withVisibleControls)\(scalars.count > limit ? "…" : "")</code>"
    }

    /// Who made a version or a conflict.
    func jsonMaker(_ device: String, _ name: String) -> String { !name.isEmpty ? name : !device.isEmpty ? device : words.json.onPage }
}
