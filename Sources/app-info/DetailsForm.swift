// The query of the details page: `img` is a file's path, `history` the path of the address that an upload was answered with.

import HTTP
import Media
import Pages
import Site

struct DetailsForm {
    let visitor: Visitor
    /// Whether the operator lets this visitor see details.
    let isAllowed: Bool
    /// nil when neither names anything that could be stored.
    let path: StoredPath?

    init(_ visit: Visit) throws {
        visitor = try Visitor(visit)
        isAllowed = visit.settings.pages.publicDetails || visitor.isAdmin
        let text = visit.query.all("img").last ?? visit.query.all("history").last
        path = text.flatMap { visit.links.storedPath(inAddress: $0, visit.settings) }
    }
}
