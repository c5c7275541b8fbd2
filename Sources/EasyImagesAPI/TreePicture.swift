// What counts as a picture of the tree: what has a row, and of the files that somebody put there in another way those that are
// pictures or videos by their name and by their bytes.

import Disk
import EasyImages
import Media
import MediaHeader
import MediaStore
import Site

/// A picture or video below the tree.
public struct TreePicture {
    public let path: StoredPath
    public let type: MediaType
    /// nil for a file that nobody recorded.
    public let row: StoredFile?
}

extension Site {
    /// The picture at a path; nil for anything else that may be there.
    public func picture(at path: StoredPath) throws -> TreePicture? {
        if let row = try store.file(at: path) {
            return uploads.holds(path.text) ? TreePicture(path: path, type: row.type, row: row) : nil
        }
        return try unrecorded(at: path).map { TreePicture(path: path, type: $0.facts.type, row: nil) }
    }

    /// The row of the picture at a path, made now where there is none.
    public func recordedPicture(at path: StoredPath) throws -> StoredFile? {
        if let row = try store.file(at: path) { return row }
        guard let found = try unrecorded(at: path) else { return nil }
        _ = try store.adopt([found])
        return try store.file(at: path)
    }

    /// The row of the picture at a path that can be deleted: one whose deletion is not finished too.
    public func deletablePicture(at path: StoredPath) throws -> StoredFile? {
        try store.deletable(at: path) ?? recordedPicture(at: path)
    }

    private func unrecorded(at path: StoredPath) throws -> AdoptedFile? {
        guard !DateFolder.isReserved(path) else { return nil }
        return try AdoptedFile(path.text, in: uploads, at: path)
    }
}

extension AdoptedFile {
    /// What a file says that belongs at `path`; nil unless its bytes are those of a picture or video, and its name is one of them.
    ///
    /// - Parameter name: where it lies in `folder`.
    public init?(_ name: String, in folder: Folder, at path: StoredPath) throws {
        guard MediaType(fileExtension: path.fileExtension) != nil else { return nil }
        do {
            let file = try folder.file(name)
            self.init(path: path, facts: try MediaHeader.glance(file, nameHint: path.name), originalName: ClientName(path.name),
                      size: file.size, createdAt: max(file.modified, 0), owner: nil, sender: nil)
        } catch let error as DiskError where error.kind == .missing {
            return nil
        } catch is MediaRefusal {
            return nil
        }
    }
}
