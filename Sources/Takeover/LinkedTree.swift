// The old tree stays where it is; the data folder's `uploads` and `recycle` become names for it. A real folder with files in it is
// somebody's, and is never replaced.

import Disk
import Glibc
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
        if mkdir(oldSite.recycleBin, 0o755) != 0 && errno != EEXIST { throw DiskError("make folder", oldSite.recycleBin) }
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
        var status = stat()
        guard lstat(name, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard same(name, target) else {
                throw TakeoverError("\(name) leads to \(destination(of: name)) already, not to \(target): this site has taken over "
                    + "another one. Use another data folder, or remove the link")
            }
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw TakeoverError("\(name) is no folder: remove it") }
        let kept = try Folder(name).entries().filter { $0 != Draft.incoming }
        guard kept.isEmpty else {
            throw TakeoverError("\(name) holds files of its own (\(kept.sorted()[0])): move them into \(target), or import into a new "
                + "data folder")
        }
    }

    private static func link(_ name: String, to target: String) throws {
        var status = stat()
        if lstat(name, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFLNK, same(name, target) { return }
            // Both fail where something came in since the check.
            rmdir("\(name)/\(Draft.incoming)")
            guard rmdir(name) == 0 else { throw DiskError("replace folder", name) }
        }
        guard symlink(target, name) == 0 else { throw DiskError("link to \(target)", name) }
    }

    private static func same(_ name: String, _ target: String) -> Bool {
        var (one, other) = (stat(), stat())
        return stat(name, &one) == 0 && stat(target, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino
            // A recycle bin that is missing still is made at the same place.
            || destination(of: name) == target
    }

    private static func destination(of name: String) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(name, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}
