// The query of the details page: `img` is a file's path, `history` the path of the URL in an upload's response.

import HTTP
import Media
import Pages
import Site

struct DetailsForm {
    let isAdmin: Bool
    /// Whether the settings allow this visitor to see details.
    let isAllowed: Bool
    /// nil if neither parameter names a possible path.
    let path: StoredPath?

    init(_ visit: Visit) throws {
        isAdmin = try Visitor(visit).isAdmin
        isAllowed = try visit.settings.pages.publicDetails || isAdmin
        let text = visit.query.all("img").last ?? visit.query.all("history").last
        path = try text.flatMap { try visit.links.storedPath(inAddress: $0, visit.settings) }
    }
}
