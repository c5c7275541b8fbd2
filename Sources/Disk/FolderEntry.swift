// Folder entries as the kernel lists them: a tree that other programs wrote may have names that are not UTF-8, links and
// special files.

import Glibc

/// One entry of a folder.
public struct FolderEntry: Sendable {
    public enum Kind: Sendable { case file, folder, link, other }

    public let bytes: [UInt8]
    public let kind: Kind

    /// nil if the name is not valid UTF-8.
    public var name: String? { String(validating: bytes, as: UTF8.self) }

    /// For messages: invalid UTF-8 becomes U+FFFD.
    public var shown: String { String(decoding: bytes, as: UTF8.self) }
}

extension Folder {
    /// All entries but `.` and `..`, sorted by the bytes of their names.
    public func listing() throws -> [FolderEntry] {
        guard let stream = fdopendir(dup(descriptor)) else { throw DiskError("list", path) }
        defer { closedir(stream) }
        rewinddir(stream)
        var found: [FolderEntry] = []
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == Array(".".utf8) || bytes == Array("..".utf8) { continue }
            found.append(FolderEntry(bytes: bytes, kind: kind(of: bytes, Int32(entry.pointee.d_type))))
        }
        return found.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Some file systems do not report types in listings.
    private func kind(of name: [UInt8], _ told: Int32) -> FolderEntry.Kind {
        switch told {
        case Int32(DT_REG): return .file
        case Int32(DT_DIR): return .folder
        case Int32(DT_LNK): return .link
        case Int32(DT_UNKNOWN): break
        default: return .other
        }
        var status = stat()
        let isKnown = (name + [0]).withUnsafeBytes {
            fstatat(descriptor, $0.baseAddress!.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW) == 0
        }
        return isKnown ? FolderEntry.Kind(status.st_mode) : .other
    }

    /// Whether an entry is a symbolic link that leads to a folder.
    public func isLinkToFolder(_ entry: FolderEntry) -> Bool {
        guard entry.kind == .link else { return false }
        var status = stat()
        let isThere = (entry.bytes + [0]).withUnsafeBytes {
            fstatat(descriptor, $0.baseAddress!.assumingMemoryBound(to: CChar.self), &status, 0) == 0
        }
        return isThere && FolderEntry.Kind(status.st_mode) == .folder
    }

    /// Whether this process may create and remove files here.
    public var isWritable: Bool { faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 }

    /// The number of its file system.
    public var device: UInt { FileStatus(of: descriptor)?.identity.device ?? 0 }

    /// Whether both are the same folder, by any path.
    public func isSame(as other: Folder?) -> Bool {
        guard let other, let one = FileStatus(of: descriptor), let two = FileStatus(of: other.descriptor) else { return false }
        return one.identity == two.identity
    }
}
