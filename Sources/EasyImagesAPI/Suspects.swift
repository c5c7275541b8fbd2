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
    public let name: SuspectName
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
    public let next: SuspectName?
}

/// The pictures that were put aside.
public struct Suspects {
    private let site: Site

    public init(_ site: Site) { self.site = site }

    /// - Parameter name: the name after which the part begins, whether it is still there or not; nil for the first part.
    /// - Throws: `DiskError`.
    public func part(after name: SuspectName? = nil, atMost count: Int) throws -> SuspectPart {
        guard let folder = try folder() else { return SuspectPart(suspects: [], next: nil) }
        let names = try folder.listing().filter { $0.kind == .file }.map { SuspectName(bytes: $0.bytes) }.filter { $0.isName && isBehind($0, name) }
        let suspects = try names.prefix(count).compactMap { try suspect($0, in: folder) }
        return SuspectPart(suspects: suspects, next: names.count > count ? names[count - 1] : nil)
    }

    /// Puts a picture back to its path, and lists it. One whose name no stored file can have gets another first.
    ///
    /// - Returns: nil if there is none of this name, it is no picture or video, no folder tells its path, or another file has that.
    /// - Throws: `DiskError`, `DatabaseError`.
    public func publish(_ name: SuspectName) throws -> StoredFile? {
        guard name.isName, let folder = try folder(), let path = try freeOrigin(of: name),
              let file = try AdoptedFile(at: path, { try folder.file(name.bytes) }) else { return nil }
        let storable = name.storable
        if !storable.utf8.elementsEqual(name.bytes), try !folder.rename(name.bytes, to: storable) { return nil }
        return try site.store.bringBack(storable, from: folder, as: file) ? site.store.file(at: path) : nil
    }

    /// Removes a picture for good.
    ///
    /// - Returns: false if there is none of this name.
    /// - Throws: `DiskError`.
    public func delete(_ name: SuspectName) throws -> Bool { try name.isName && folder()?.removeFile(name.bytes) ?? false }

    private func folder() throws -> Folder? {
        do { return try site.uploads.folder(DateFolder.suspects) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private func isBehind(_ name: SuspectName, _ last: SuspectName?) -> Bool { last.map { $0.bytes.lexicographicallyPrecedes(name.bytes) } ?? true }

    /// nil if it went meanwhile.
    private func suspect(_ name: SuspectName, in folder: Folder) throws -> Suspect? {
        guard let file = try? folder.file(name.bytes) else { return nil }
        return Suspect(name: name, size: file.size, modified: file.modified, origin: try freeOrigin(of: name))
    }

    /// The path that the existing folders tell; none below a folder of EasyImages' own, and none that another file has.
    private func freeOrigin(of name: SuspectName) throws -> StoredPath? {
        guard let path = FlatName.path(name.storable, in: site.uploads), !DateFolder.isReserved(path), try !site.store.knows(path),
              !site.uploads.holds(path.text) else { return nil }
        return path
    }
}
