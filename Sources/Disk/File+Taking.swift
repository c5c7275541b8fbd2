// Takes over files from another folder, perhaps on another file system: as a hard link if possible, otherwise as a copy. Both have
// the same modification time, by which a later run detects whether they are still equal.

internal import CDisk
import Glibc
import Time

extension File {
    /// Whether size and modification time are equal.
    public func looksLike(_ other: File) -> Bool {
        size == other.size && modified == other.modified && modifiedNanoseconds == other.modifiedNanoseconds
    }

    /// Whether both are the same file, or one is the copy that a move between file systems has made of the other: the time alone would not tell,
    /// because files that are made within one tick of the clock have the same.
    public func isSameOrCopy(of other: File) throws -> Bool {
        if isSame(as: other) { return true }
        return try identity.device != other.identity.device && looksLike(other) && hasSameBytes(as: other)
    }

    /// Whether both have the same bytes.
    public func hasSameBytes(as other: File) throws -> Bool {
        guard size == other.size else { return false }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { buffer.deallocate() }
        var (offset, isEqual) = (0, true)
        try forEachPiece { piece in
            guard isEqual else { return }
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<piece.count])
            isEqual = try other.read(at: offset, into: part) == piece.count && part.elementsEqual(piece)
            offset += piece.count
        }
        return isEqual && offset == size
    }
}

extension File {
    /// Sets the modification time to now; without permission nothing changes.
    public func touch() { futimens(descriptor, nil) }
}

extension Draft {
    /// Copies the bytes and the modification time of a file.
    public func fill(from file: File) throws {
        try file.forEachPiece(write)
        var times = [timespec(tv_sec: file.modified, tv_nsec: file.modifiedNanoseconds),
                     timespec(tv_sec: file.modified, tv_nsec: file.modifiedNanoseconds)]
        guard futimens(descriptor, &times) == 0 else { throw DiskError("set the time of a copy of", file.path) }
    }

    /// Sets the modification time to now, but to a later second than that of a file which this one replaces: web servers make entity tags of
    /// that second and the size.
    public func setModified(after other: File) throws {
        let second = max(Now.seconds, other.modified + 1)
        var times = [timespec(tv_sec: second, tv_nsec: 0), timespec(tv_sec: second, tv_nsec: 0)]
        guard futimens(descriptor, &times) == 0 else { throw DiskError("set the time of", "a temporary file") }
    }

    /// Makes the bytes durable before the file has a name; `publish` does so by itself.
    public func sync() throws {
        guard fsync(descriptor) == 0 else { throw DiskError("sync", "a temporary file") }
    }

    public func setMode(_ mode: UInt32) throws {
        guard fchmod(descriptor, mode) == 0 else { throw DiskError("set the mode of", "a temporary file") }
    }
}

extension Folder {
    /// Makes a hard link to an open file in this folder; not durable yet.
    ///
    /// - Returns: false if it must be copied instead: another file system, one without hard links, a file of another user that may
    ///   not be linked (proc(5), protected_hardlinks), or one without any name left.
    /// - Throws: `DiskError`, kind `.exists` if the name is taken.
    public func link(_ file: File, as name: String) throws -> Bool {
        if imagebed_link_nameless(file.descriptor, descriptor, name) == 0 { return true }
        switch errno {
        case EXDEV, EPERM, EACCES, EMLINK, EOPNOTSUPP, ENOENT, ENOSYS: return false
        default: throw DiskError("link", place(name))
        }
    }

    /// Renames a file or a folder below this folder and replaces an existing file; not durable yet.
    public func rename(_ relative: String, to other: String) throws {
        guard let (home, name) = try parent(of: relative), let (target, newName) = try parent(of: other) else {
            throw DiskError("rename", place(relative), code: ENOENT)
        }
        guard renameat(home.descriptor, name, target.descriptor, newName) == 0 else { throw DiskError("rename", place(relative)) }
    }

    /// Removes empty folders, deepest first; returns whether this one is empty then.
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

    /// Makes all changes to this file system durable (syncfs(2)): one wait for many files.
    public func syncFileSystem() throws {
        guard imagebed_sync_file_system(descriptor) == 0 else { throw DiskError("sync the file system of", path) }
    }

    private func parent(of relative: String) throws -> (Folder, String)? {
        guard let slash = relative.utf8.lastIndex(of: Folder.slash) else { return (self, relative) }
        return (try folder(String(relative[..<slash])), String(relative[relative.utf8.index(after: slash)...]))
    }
}
