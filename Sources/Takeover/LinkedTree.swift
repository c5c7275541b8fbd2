// The old files are not moved; `uploads` and `recycle` in the data folder become symbolic links to them. An existing folder with files in
// it is never replaced.

import Disk
import Site

enum LinkedTree {
    /// Checks whether both links can be created, or exist already.
    ///
    /// - Throws: `TakeoverError` that names the obstacle.
    static func check(_ data: DataFolder, _ oldSite: OldSite) throws {
        try check(data.uploads, oldSite.store)
        try check(data.recycleBin, oldSite.recycleBin)
    }

    /// Creates both links. Idempotent.
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
            // Both fail if something was put into the folder since the check.
            _ = try? Folder(name).removeEmptyFolders()
            do { try FileSystem.removeEmptyFolder(name) } catch let error as DiskError { throw DiskError("replace folder", name, code: error.code) }
        }
        try FileSystem.makeLink(name, to: target)
    }

    private static func same(_ name: String, _ target: String) -> Bool {
        if let one = FileStatus(at: name), one.identity == FileStatus(at: target)?.identity { return true }
        // A recycle bin that does not exist yet is created at the same path.
        return destination(of: name) == target
    }

    private static func destination(of name: String) -> String { FileSystem.linkTarget(of: name) ?? "" }
}
