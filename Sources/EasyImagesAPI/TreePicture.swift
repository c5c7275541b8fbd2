// The pictures that old links and pages may refer to: files with a row, and other files in the uploads folder that are pictures or videos
// by name and by content.

import Disk
import EasyImages
import Media
import MediaHeader
import MediaStore
import Site

/// A picture or video in the uploads folder.
public struct TreePicture {
    public let path: StoredPath
    public let type: MediaType
    /// nil for a file without a row.
    public let row: StoredFile?
}

extension Site {
    /// The picture at a path; nil if there is none, or another kind of file.
    public func picture(at path: StoredPath) throws -> TreePicture? {
        if let row = try store.file(at: path) {
            return uploads.holds(path.text) ? TreePicture(path: path, type: row.type, row: row) : nil
        }
        return try unrecorded(at: path).map { TreePicture(path: path, type: $0.facts.type, row: nil) }
    }

    /// The row of the picture at a path, inserted now if it is missing.
    public func recordedPicture(at path: StoredPath) throws -> StoredFile? {
        if let row = try store.file(at: path) { return row }
        guard let found = try unrecorded(at: path) else { return nil }
        try store.adopt([found])
        return try store.file(at: path)
    }

    /// The row of the picture at a path for a deletion, also if an earlier deletion is unfinished.
    public func deletablePicture(at path: StoredPath) throws -> StoredFile? {
        try store.deletable(at: path) ?? recordedPicture(at: path)
    }

    private func unrecorded(at path: StoredPath) throws -> AdoptedFile? {
        guard !DateFolder.isReserved(path), try !store.isOver(path) else { return nil }
        return try AdoptedFile(path.text, in: uploads, at: path)
    }
}

extension AdoptedFile {
    /// The metadata of a file at `path`; nil unless it is a picture or video by content and by name.
    ///
    /// - Parameter name: its name in `folder`.
    public init?(_ name: String, in folder: Folder, at path: StoredPath) throws { try self.init(at: path) { try folder.file(name) } }

    /// The same of a file that is opened in some way.
    init?(at path: StoredPath, _ open: () throws -> File) throws {
        guard MediaType(fileExtension: path.fileExtension) != nil else { return nil }
        do {
            let file = try open()
            self.init(path: path, facts: try MediaHeader.glance(file, nameHint: path.name), originalName: ClientName(path.name),
                      size: file.size, createdAt: max(file.modified, 0), owner: nil, sender: nil)
        } catch let error as DiskError where error.kind == .missing {
            return nil
        } catch is MediaRefusal {
            return nil
        }
    }
}
