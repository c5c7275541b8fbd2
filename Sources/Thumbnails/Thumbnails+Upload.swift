// Thumbnails that an EasyImages site makes at upload and stores in the picture tree: `cache/` and the picture's path with `_` for
// each slash. The name follows from the path, so no record is needed of which picture has one; MediaStore deletes it with its
// picture.

import Disk
import Media
import MediaHeader
import PictureWorker

extension Thumbnails {
    /// The folder in the picture tree.
    private static let folderInTree = "cache"

    /// Makes the thumbnail of a new picture; replaces an existing file of that name.
    ///
    /// - Parameters:
    ///   - width: pixels, as is `height`; the picture is stretched to exactly this size, unless it is smaller in either direction.
    /// - Returns: its path; nil if the file is not a picture, or too large to be decoded.
    /// - Throws: `PictureFailure`, `DiskError`.
    public func makeAtUpload(of path: StoredPath, width: Int, height: Int) throws -> StoredPath? {
        guard let place = Thumbnails.placeInTree(of: path), let source = try existing(uploads, path.text),
            let facts = try facts(of: source, path), facts.type.kind == .image else { return nil }
        let draft = try Draft(in: uploads)
        if facts.isDecodable, !(facts.type == .webp && facts.isAnimated), let own = facts.width, let high = facts.height {
            let isSmall = own < width || high < height
            let shape = ThumbnailShape(width: isSmall ? own : width, height: isSmall ? high : height, mode: .stretch)
            guard try worker.canMake(shape.geometry(of: facts), quality: shape.quality, of: facts) else { return nil }
            try worker.thumbnail(
                of: source.descriptor, facts: facts, geometry: shape.geometry(of: facts),
                quality: shape.quality, into: draft.descriptor)
        } else {
            try source.forEachPiece(draft.write)
        }
        let folder = try uploads.folder(place.folder, creates: true)
        try folder.remove(place.name)
        try draft.publish(as: place.name, in: folder)
        return place
    }

    /// nil if the path is too long for a file name.
    static func placeInTree(of path: StoredPath) -> StoredPath? {
        StoredPath(folderInTree + "/" + path.flat)
    }
}
