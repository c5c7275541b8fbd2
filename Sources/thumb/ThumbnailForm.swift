// The query of a thumbnail: the file, and TimThumb's parameters for size and shape. Two families of links are served here, whose clients
// expect different responses if there is no picture.

import EasyImages
import HTTP
import Media
import Paths
import Site
import Thumbnails

struct ThumbnailForm {
    /// nil if `img` is not a possible path.
    let path: StoredPath?
    let shape: ThumbnailShape
    /// The redirect for an `img` without the folder of stored files: the same URL with it.
    let detour: (path: StoredPath, location: String)?
    /// The status of the "404" image: 200 for EasyImages' path, because forums embed it and display the image.
    let statusOfMissing: Status

    init(_ visit: Visit) throws {
        let (query, links) = (visit.query, try visit.links)
        path = query.first("img").flatMap(links.storedPath).flatMap { DateFolder.isReserved($0) ? nil : $0 }
        shape = ThumbnailShape(query.first, defaults: .init(try visit.settings.thumbnails))
        let isOld = visit.request.path == Path.formThumbnail.text
        detour = path == nil ? query.first("img").flatMap { ThumbnailForm.detour($0, query, links, isOld) } : nil
        statusOfMissing = isOld ? .ok : .notFound
    }

    /// Links of the setting hide_path omit the folder; EasyImages redirected them to a path with two slashes after it.
    private static func detour(_ text: String, _ query: Query, _ links: Links, _ isOld: Bool) -> (path: StoredPath, location: String)? {
        let below = isOld && text.hasPrefix(links.uploadsPath + "/") ? String(text.dropFirst(links.uploadsPath.count)) : text
        guard let path = StoredPath(String(below.drop { $0 == "/" })), !DateFolder.isReserved(path) else { return nil }
        let others = query.text.utf8.split(separator: UInt8(ascii: "&")).filter { !$0.starts(with: "img=".utf8) }
            .map { "&" + String(decoding: Array($0), as: UTF8.self) }
        return (path, Path.thumbnail.name + "?img=" + links.uploadsPath + path.encoded + others.joined())
    }
}
