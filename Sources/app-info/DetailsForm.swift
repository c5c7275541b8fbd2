// The query of the details page: `img` is a file's path, `history` the path of the address that an upload was answered with.

import House
import HTTP
import Media
import Settings

struct DetailsForm {
    /// nil when neither names anything that could be stored.
    let path: StoredPath?

    init(_ query: Query, _ settings: Settings) {
        let text = query.all("img").last ?? query.all("history").last
        path = text.flatMap { DetailsForm.path($0, settings) }
    }

    private static func path(_ text: String, _ settings: Settings) -> StoredPath? {
        let prefix = settings.baseURL.pathPrefix
        let below = !prefix.isEmpty && text.hasPrefix(prefix + "/") ? String(text.dropFirst(prefix.count)) : text
        if let path = Links(settings).storedPath(inParameter: below) { return path }
        // Addresses without the folder's name, where the site gives those out.
        return settings.hiding.hidesPath ? StoredPath(String(below.drop { $0 == "/" })) : nil
    }
}
