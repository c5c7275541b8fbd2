// Keys of ours name a row and cannot be made by anybody else. Old keys name a path; whoever knows the site's `hide_key` can make them, and
// the one that EasyImages was shipped with is known to everybody: with that one, nothing is shown but what was given out by the site.

import EasyImagesAPI
import Site

extension Site {
    /// The picture behind a hidden link; nil when there is none.
    func picture(hiddenAs key: String, _ oldLinks: @autoclosure () throws -> OldLinks) throws -> TreePicture? {
        if let file = try store.file(hiddenAs: key) { return try picture(at: file.path) }
        let links = try oldLinks()
        guard let path = links.path(hidden: key), let picture = try picture(at: path) else { return nil }
        return picture.row != nil || !links.hideKeyIsPublic ? picture : nil
    }
}
