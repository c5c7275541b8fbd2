// The query of the details page: `img` is a file's path, `history` the path of the address that an upload was answered with.

import HTTP
import Media
import Settings
import Site

struct DetailsForm {
    /// nil when neither names anything that could be stored.
    let path: StoredPath?

    init(_ query: Query, _ settings: Settings) {
        let text = query.all("img").last ?? query.all("history").last
        path = text.flatMap { Links(settings).storedPath(inAddress: $0, settings) }
    }
}
