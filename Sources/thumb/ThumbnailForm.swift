// The query of a thumbnail: which file, and TimThumb's words for size and shape. Two families of links lead here, and where there is
// no picture they expect different things.

import EasyImages
import HTTP
import Media
import Paths
import Site
import Thumbnails

struct ThumbnailForm {
    /// nil when `img` names nothing that could be stored.
    let path: StoredPath?
    let shape: ThumbnailShape
    /// Where `img` without the folder of stored files leads: the same page with it.
    let detour: (path: StoredPath, location: String)?
    /// The status of the picture that says there is none: forums embed EasyImages' own address and show it.
    let statusOfMissing: Status

    init(_ visit: Visit) {
        let (query, links) = (visit.query, visit.links)
        path = query.first("img").flatMap(links.storedPath).flatMap { DateFolder.isReserved($0) ? nil : $0 }
        shape = ThumbnailShape(query.first, defaults: .init(visit.settings.thumbnails))
        let isOld = visit.request.path == Path.formThumbnail.text
        detour = path == nil ? query.first("img").flatMap { ThumbnailForm.detour($0, query, links, isOld) } : nil
        statusOfMissing = isOld ? .ok : .notFound
    }

    /// Links of the setting hide_path leave the folder out; where EasyImages led from there, it stands with two slashes behind it.
    private static func detour(_ text: String, _ query: Query, _ links: Links, _ isOld: Bool) -> (path: StoredPath, location: String)? {
        let below = isOld && text.hasPrefix(links.uploads + "/") ? String(text.dropFirst(links.uploads.count)) : text
        guard let path = StoredPath(String(below.drop { $0 == "/" })), !DateFolder.isReserved(path) else { return nil }
        let others = query.text.utf8.split(separator: UInt8(ascii: "&")).filter { !$0.starts(with: "img=".utf8) }
            .map { "&" + String(decoding: Array($0), as: UTF8.self) }
        return (path, Path.thumbnail.name + "?img=" + links.uploads + path.encoded + others.joined())
    }
}
