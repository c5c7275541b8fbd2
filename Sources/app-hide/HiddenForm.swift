// The key of a hidden link, decoded.

import EasyImagesAPI
import Media
import Site
import Text

enum HiddenForm {
    /// A key of this program: a file's id and a MAC.
    case own(StoredPath)
    /// An old key, which anyone can make who knows the site's `hide_key`.
    ///
    /// - Parameter isPublic: the site has the key that EasyImages ships as a default.
    case old(StoredPath, isPublic: Bool)
    /// No key, or that of no path.
    case nothing

    init(_ visit: Visit) throws {
        guard let key = visit.query.all("key").last?.pasted else {
            self = .nothing
            return
        }
        if let file = try visit.site.store.file(hiddenAs: key) {
            self = .own(file.path)
        } else {
            let links = try OldLinks(visit)
            self = links.path(hidden: key).map { .old($0, isPublic: links.hideKeyIsPublic) } ?? .nothing
        }
    }
}
