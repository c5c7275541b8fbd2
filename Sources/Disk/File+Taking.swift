// Files that are taken over from another folder, perhaps of another file system: as a second name of the same bytes where that is
// possible, else as a copy. Both carry the time of their last change, by which a later look tells whether they are still alike.

internal import CDisk
import Glibc

extension File {
    /// Whether size and time of the last change are the same.
    public func looksLike(_ other: File) -> Bool {
        size == other.size && modified == other.modified && modifiedNanoseconds == other.modifiedNanoseconds
    }
}

extension File {
    /// Makes now the time of the last change; where that is not allowed, it stays.
    public func touch() { futimens(descriptor, nil) }
}

extension Draft {
    /// Takes over bytes and time of a file.
    public func fill(from file: File) throws {
        try file.forEachPiece(write)
        var times = [timespec(tv_sec: file.modified, tv_nsec: file.modifiedNanoseconds),
                     timespec(tv_sec: file.modified, tv_nsec: file.modifiedNanoseconds)]
        guard futimens(descriptor, &times) == 0 else { throw DiskError("set the time of a copy of", file.path) }
    }

    /// Makes the bytes durable before they have a name; `publish` does so by itself.
    public func sync() throws {
        guard fsync(descriptor) == 0 else { throw DiskError("sync", "a temporary file") }
    }

    public func setMode(_ mode: UInt32) throws {
        guard fchmod(descriptor, mode) == 0 else { throw DiskError("set the mode of", "a temporary file") }
    }
}

extension Folder {
    /// Gives an open file a name here too; not durable yet.
    ///
    /// - Returns: false where it has to be copied: another file system, one without such links, a file of another user that may
    ///   not be linked (proc(5), protected_hardlinks), or one that has lost its last name.
    /// - Throws: `DiskError`, kind `.exists` when the name is taken.
    public func link(_ file: File, as name: String) throws -> Bool {
        if imagebed_link_nameless(file.descriptor, descriptor, name) == 0 { return true }
        switch errno {
        case EXDEV, EPERM, EACCES, EMLINK, EOPNOTSUPP, ENOENT, ENOSYS: return false
        default: throw DiskError("link", place(name))
        }
    }

    /// Gives a file or a folder another name below this folder, in the place of what had it; not durable yet.
    public func rename(_ relative: String, to other: String) throws {
        guard let (home, name) = try parent(of: relative), let (target, newName) = try parent(of: other) else {
            throw DiskError("rename", place(relative), code: ENOENT)
        }
        guard renameat(home.descriptor, name, target.descriptor, newName) == 0 else { throw DiskError("rename", place(relative)) }
    }

    /// Removes folders that hold nothing, the deepest first, and says whether this one holds nothing then.
    @discardableResult
    public func removeEmptyFolders(depth: Int = 0) throws -> Bool {
        var isEmpty = true
        for entry in try listing() {
            guard entry.kind == .folder, depth < 32, let name = entry.name, try folder(name).removeEmptyFolders(depth: depth + 1) else {
                isEmpty = false
                continue
            }
            if unlinkat(descriptor, name, AT_REMOVEDIR) != 0 { isEmpty = false }
        }
        return isEmpty
    }

    /// Makes everything durable that was written to this file system (syncfs(2)): one wait for many files.
    public func syncFileSystem() throws {
        guard syncfs(descriptor) == 0 else { throw DiskError("sync the file system of", path) }
    }

    private func parent(of relative: String) throws -> (Folder, String)? {
        guard let slash = relative.utf8.lastIndex(of: Folder.slash) else { return (self, relative) }
        return (try folder(String(relative[..<slash])), String(relative[relative.utf8.index(after: slash)...]))
    }
}
