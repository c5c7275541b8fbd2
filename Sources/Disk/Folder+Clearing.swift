// Frees a name, whatever another program has put there.

import Glibc

extension Folder {
    /// Maximum number and depth of names that are removed; the rest stays under another name.
    private static let clearedNames = 10_000, clearedDepth = 32

    /// Frees a name in this folder: removes the file, or the folder with all its contents, without following links. If a folder cannot be
    /// removed completely, it is renamed (`.NAME.` and 16 hexadecimal digits). A name that is free already is not an error.
    ///
    /// - Throws: `DiskError` if this process may not change the folder.
    public func clear(_ name: String) throws {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0, errno == ENOENT { return }
        if unlinkat(descriptor, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR else { throw DiskError("remove", place(name)) }
        let digits = String(UInt64.random(in: (1 << 60)...UInt64.max), radix: 16)
        let doomed = ".\(name).\(digits)"
        guard renameat(descriptor, name, descriptor, doomed) == 0 || errno == ENOENT else { throw DiskError("remove", place(name)) }
        var rest = Folder.clearedNames
        doomed.withCString { Folder.removeTree($0, in: descriptor, depth: 0, &rest) }
    }

    /// Stops at the limits, and at entries that this process may not remove.
    private static func removeTree(_ name: UnsafePointer<CChar>, in parent: Int32, depth: Int, _ rest: inout Int) {
        let opened = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if opened >= 0, depth < clearedDepth { removeEntries(of: opened, depth: depth, &rest) } else if opened >= 0 { close(opened) }
        unlinkat(parent, name, AT_REMOVEDIR)
    }

    /// - Parameter folder: an open descriptor, which is closed here.
    private static func removeEntries(of folder: Int32, depth: Int, _ rest: inout Int) {
        guard let stream = fdopendir(folder) else { close(folder); return }
        defer { closedir(stream) }
        while rest > 0, let entry = readdir(stream) {
            rest -= 1
            withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let name = bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
                guard strcmp(name, ".") != 0, strcmp(name, "..") != 0, unlinkat(folder, name, 0) != 0, errno == EISDIR else { return }
                removeTree(name, in: folder, depth: depth + 1, &rest)
            }
        }
    }
}
