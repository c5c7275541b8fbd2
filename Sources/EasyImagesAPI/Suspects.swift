// The folder of pictures that EasyImages' check of contents had put aside, under flat names. Nothing here puts any there; an imported site
// may have some, and its operator decides what becomes of them. They have no rows, and the web server sends none of them.

import Disk
import EasyImages
import Media
import MediaStore
import Site
import Text

/// A picture that was put aside.
public struct Suspect: Sendable {
    /// Its name in the folder: "2025_07_01_a.jpg".
    public let name: String
    /// Bytes.
    public let size: Int
    /// When its bytes last changed, in seconds since 1970.
    public let modified: Int
    /// The path to which it would go back; nil if no folder tells it, or if another file has it.
    public let origin: StoredPath?
}

/// Some of them in order of the bytes of their names.
public struct SuspectPart: Sendable {
    public let suspects: [Suspect]
    /// The name after which the next part begins; nil at the end.
    public let next: String?
}

/// The pictures that were put aside.
public struct Suspects {
    private let site: Site

    public init(_ site: Site) { self.site = site }

    /// - Parameter name: the name after which the part begins, whether it is still there or not; nil for the first part.
    /// - Throws: `DiskError`.
    public func part(after name: String? = nil, atMost count: Int) throws -> SuspectPart {
        guard let folder = try folder() else { return SuspectPart(suspects: [], next: nil) }
        let names = try folder.listing().filter { $0.kind == .file }.compactMap(\.name).filter { isName($0) && isBehind($0, name) }
        let suspects = try names.prefix(count).compactMap { try suspect($0, in: folder) }
        return SuspectPart(suspects: suspects, next: names.count > count ? names[count - 1] : nil)
    }

    /// Puts a picture back to its path, and lists it.
    ///
    /// - Returns: nil if there is none of this name, it is no picture or video, no folder tells its path, or another file has that.
    /// - Throws: `DiskError`, `DatabaseError`.
    public func publish(_ name: String) throws -> StoredFile? {
        guard isName(name), let folder = try folder(), let path = origin(of: name), let file = try AdoptedFile(name, in: folder, at: path),
              try site.store.bringBack(name, from: folder, as: file) else { return nil }
        return try site.store.file(at: path)
    }

    /// Removes a picture for good.
    ///
    /// - Returns: false if there is none of this name.
    /// - Throws: `DiskError`.
    public func delete(_ name: String) throws -> Bool {
        guard isName(name), let folder = try folder(), folder.holds(name) else { return false }
        try folder.remove(name)
        try folder.sync()
        return true
    }

    private func folder() throws -> Folder? {
        do { return try site.uploads.folder(DateFolder.suspects) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private func isName(_ name: String) -> Bool { StoredPath(name)?.folder == "" }

    private func isBehind(_ name: String, _ last: String?) -> Bool { last.map { $0.utf8.lexicographicallyPrecedes(name.utf8) } ?? true }

    /// nil if it went meanwhile.
    private func suspect(_ name: String, in folder: Folder) throws -> Suspect? {
        guard let file = try? folder.file(name) else { return nil }
        let origin = try self.origin(of: name).flatMap { try site.store.knows($0) || site.uploads.holds($0.text) ? nil : $0 }
        return Suspect(name: name, size: file.size, modified: file.modified, origin: origin)
    }

    /// The path that the existing folders tell; none below a folder of EasyImages' own.
    private func origin(of name: String) -> StoredPath? {
        FlatName.path(name, in: site.uploads).flatMap { DateFolder.isReserved($0) ? nil : $0 }
    }
}
