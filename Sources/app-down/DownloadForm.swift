// Which file is meant: a picture or video of the tree, and nothing else on the machine, with one of the extensions that the operator
// lists.

import HTTP
import Media
import Site

struct DownloadForm {
    let isEmpty: Bool
    /// nil for what is no path of the tree.
    let path: StoredPath?
    /// Whether the name in the query has one of the listed extensions.
    let isListed: Bool

    init(_ visit: Visit) {
        isEmpty = visit.query.text.isEmpty
        let wish = visit.query.all("dw").last ?? visit.query.all("history").last
        let path = wish.flatMap { visit.links.storedPath(inAddress: $0, visit.settings) }
        self.path = path
        // Nothing wished for is a missing file, and none that is refused.
        isListed = (path?.name ?? wish).map { DownloadForm.isListed($0, visit.settings.forms.downloadExtensions) } ?? true
    }

    /// Letter case counts, as it did.
    private static func isListed(_ name: String, _ extensions: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return extensions.split { $0 == "," || $0 == " " }.contains(name[name.utf8.index(after: dot)...])
    }
}
