// The old tree stays where it is; the data folder's `uploads` and `recycle` become names for it. A real folder with files in it is
// somebody's, and is never replaced.

import Disk
import Site

enum LinkedTree {
    /// Whether both names can be made to lead to the old site's folders, or do already.
    ///
    /// - Throws: `TakeoverError` that says what stands in the way.
    static func check(_ data: DataFolder, _ oldSite: OldSite) throws {
        try check(data.uploads, oldSite.store)
        try check(data.recycleBin, oldSite.recycleBin)
    }

    /// Makes both; doing it again changes nothing.
    static func make(_ data: DataFolder, _ oldSite: OldSite) throws {
        try FileSystem.makeFolder(oldSite.recycleBin)
        let (store, bin) = (try Folder(oldSite.store), try Folder(oldSite.recycleBin))
        guard store.device == bin.device else {
            throw TakeoverError("\(oldSite.recycleBin) lies in another file system than \(oldSite.store): files could not be moved between "
                + "them. Empty it and make it a plain folder")
        }
        guard store.isWritable, bin.isWritable else {
            throw TakeoverError("\(bin.isWritable ? oldSite.store : oldSite.recycleBin) cannot be written by this user: give it the folder "
                + "(chown -R)")
        }
        try link(data.uploads, to: oldSite.store)
        try link(data.recycleBin, to: oldSite.recycleBin)
        try Folder(data.path).sync()
    }

    private static func check(_ name: String, _ target: String) throws {
        guard let status = FileStatus(at: name, followsLink: false) else { return }
        if status.kind == .link {
            guard same(name, target) else {
                throw TakeoverError("\(name) leads to \(destination(of: name)) already, not to \(target): this site has taken over "
                    + "another one. Use another data folder, or remove the link")
            }
            return
        }
        guard status.kind == .folder else { throw TakeoverError("\(name) is no folder: remove it") }
        let kept = try Folder(name).entries().filter { $0 != Draft.incoming }
        guard kept.isEmpty else {
            throw TakeoverError("\(name) holds files of its own (\(kept.sorted()[0])): move them into \(target), or import into a new "
                + "data folder")
        }
    }

    private static func link(_ name: String, to target: String) throws {
        if let status = FileStatus(at: name, followsLink: false) {
            if status.kind == .link, same(name, target) { return }
            // Both fail where something came in since the check.
            try? FileSystem.removeEmptyFolder("\(name)/\(Draft.incoming)")
            do { try FileSystem.removeEmptyFolder(name) } catch let error as DiskError { throw DiskError("replace folder", name, code: error.code) }
        }
        try FileSystem.makeLink(name, to: target)
    }

    private static func same(_ name: String, _ target: String) -> Bool {
        if let one = FileStatus(at: name), one.identity == FileStatus(at: target)?.identity { return true }
        // A recycle bin that is missing still is made at the same place.
        return destination(of: name) == target
    }

    private static func destination(of name: String) -> String { FileSystem.linkTarget(of: name) ?? "" }
}
