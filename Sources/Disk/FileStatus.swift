// File status by path (stat(2)).

import Glibc

/// Status of a file, folder or other entry.
public struct FileStatus: Sendable {
    public let kind: FolderEntry.Kind
    /// Owner and group.
    public let owner: UInt32
    public let group: UInt32
    /// The lowest twelve bits of the mode.
    public let permissions: UInt32
    /// Bytes.
    public let size: Int
    /// Modification time in seconds since 1970, and its nanoseconds.
    public let modified: Int
    public let modifiedNanoseconds: Int
    /// Seconds since 1970 of the last change of the bytes, the name or the mode.
    public let changed: Int
    public let identity: FileIdentity
    /// How many names the file has.
    public let names: Int

    /// nil if nothing exists there, or without permission.
    ///
    /// - Parameter followsLink: whether to return the status of a symbolic link's target.
    public init?(at path: String, followsLink: Bool = true) {
        var status = stat()
        guard fstatat(AT_FDCWD, path, &status, followsLink ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    /// Of an open file.
    public init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        kind = FolderEntry.Kind(status.st_mode)
        (owner, group, permissions) = (status.st_uid, status.st_gid, status.st_mode & 0o7777)
        size = Int(status.st_size)
        (modified, modifiedNanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
        changed = Int(status.st_ctim.tv_sec)
        identity = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        names = Int(status.st_nlink)
    }
}

/// Device and inode: the same for all names of a file.
public struct FileIdentity: Hashable, Sendable {
    public let device: UInt
    public let inode: UInt
}

extension FolderEntry.Kind {
    init(_ mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        case S_IFLNK: self = .link
        default: self = .other
        }
    }
}
