// The requested file: a picture or video in the uploads folder, and nothing else, with one of the extensions in the settings.

import HTTP
import Media
import Site

struct DownloadForm {
    let isEmpty: Bool
    /// nil if it is not a path in the uploads folder.
    let path: StoredPath?
    /// Whether the name in the query has one of the allowed extensions.
    let isListed: Bool

    init(_ visit: Visit) throws {
        isEmpty = visit.query.text.isEmpty
        let wish = visit.query.all("dw").last ?? visit.query.all("history").last
        let settings = try visit.settings
        let path = wish.flatMap { Links(settings).storedPath(inAddress: $0, settings) }
        self.path = path
        // An empty parameter means a missing file, not a forbidden one.
        isListed = (path?.name ?? wish).map { DownloadForm.isListed($0, settings.forms.downloadExtensions) } ?? true
    }

    /// Letter case counts, as in EasyImages.
    private static func isListed(_ name: String, _ extensions: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return extensions.split { $0 == "," || $0 == " " }.contains(name[name.utf8.index(after: dot)...])
    }
}
