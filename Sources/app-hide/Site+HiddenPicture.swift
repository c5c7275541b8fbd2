// This program's keys contain a file's id and a MAC. Old keys contain a path, and can be made by anyone who knows the site's `hide_key`.
// The key that EasyImages ships as a default is public: with that one, only files that were published through the site are shown.

import EasyImagesAPI
import Site

extension Site {
    /// The picture of a hidden link; nil if there is none.
    func picture(hiddenAs key: String, _ oldLinks: @autoclosure () throws -> OldLinks) throws -> TreePicture? {
        if let file = try store.file(hiddenAs: key) { return try picture(at: file.path) }
        let links = try oldLinks()
        guard let path = links.path(hidden: key), let picture = try picture(at: path) else { return nil }
        return picture.row != nil || !links.hideKeyIsPublic ? picture : nil
    }
}
