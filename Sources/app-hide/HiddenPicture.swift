// Keys of ours name a row and cannot be made by anybody else. Old keys name a path; whoever knows the site's `hide_key` can make them, and
// the one that EasyImages was shipped with is known to everybody: with that one, nothing is shown but what was given out by the site.

import EasyImagesAPI
import HTTP
import Responder
import Site

enum HiddenPicture {
    /// The picture, or the picture "404" with status 200: pages that embed hidden pictures show it in its place.
    static func response(to request: Request, _ site: Site) throws -> Response {
        guard let key = request.query.all("key").last, let picture = try picture(key, site) else { return .missingPicture(status: .ok) }
        var response = try Response(sending: .upload(picture.path), for: request, from: site)
        response.headers.set("Content-Type", picture.type.mime)
        return response
    }

    private static func picture(_ key: String, _ site: Site) throws -> TreePicture? {
        if let file = try site.store.file(hiddenAs: key) { return try site.picture(at: file.path) }
        let links = try OldLinks(site, site.settings)
        guard let path = links.path(hidden: key), let picture = try site.picture(at: path) else { return nil }
        return picture.row != nil || !links.hideKeyIsPublic ? picture : nil
    }
}
