// Operations by absolute path: for paths from an operator, the installation or a setting. Paths from clients are resolved only
// below an open folder.

import Glibc

public enum FileSystem {
    /// Access rights of this process (access(2)).
    public struct Rights: OptionSet, Sendable {
        public let rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }

        public static let read = Rights(rawValue: R_OK)
        public static let write = Rights(rawValue: W_OK)
        /// For a folder, to look up names in it; for a file, to execute it.
        public static let enter = Rights(rawValue: X_OK)
    }

    /// Whether the path exists; a dangling link does not.
    public static func exists(_ path: String) -> Bool { refusal(at: path) == nil }

    /// Why this process lacks these rights; nil if it has them. Without rights: why the path does not exist.
    public static func refusal(of rights: Rights = [], at path: String) -> DiskError? {
        access(path, rights.rawValue) == 0 ? nil : DiskError("open", path)
    }

    /// The folder that holds a path.
    private static func folder(of path: String) -> String {
        var name = path[...]
        while name.count > 1, name.last == "/" { name.removeLast() }
        guard let slash = name.lastIndex(of: "/") else { return "." }
        return slash == name.startIndex ? "/" : String(name[..<slash])
    }

    /// Makes a folder, durably where this process may read the one that it is in.
    ///
    /// - Returns: false if the name is taken.
    @discardableResult
    public static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws -> Bool {
        if mkdir(path, mode) == 0 {
            // (Not by "..", which leads through a folder that another user may own.)
            try (try? Folder(folder(of: path)))?.sync()
            return true
        }
        guard errno == EEXIST else { throw DiskError("make folder", path) }
        return false
    }

    /// Changes owner and mode of a folder, which must not be reached through a link.
    public static func giveFolder(_ path: String, to user: UInt32, _ group: UInt32, mode: UInt32) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        guard folder >= 0, fchown(folder, user, group) == 0, fchmod(folder, mode) == 0 else { throw DiskError("give to user \(user)", path) }
    }

    /// Creates a private folder in the system's folder for temporary files.
    public static func makeTemporaryFolder(named start: String) throws -> String {
        var template = Array("/tmp/\(start)-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw DiskError("make folder in", "/tmp") }
        return String(cString: made)
    }

    /// Creates an empty file unless it exists.
    public static func makeFile(_ path: String, mode: UInt32) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw DiskError("make", path) }
        close(descriptor)
    }

    /// The target of a symbolic link; nil if it is not one.
    public static func linkTarget(of path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    public static func makeLink(_ path: String, to target: String) throws {
        guard symlink(target, path) == 0 else { throw DiskError("link to \(target)", path) }
    }

    /// The path without links, `.` and `..`.
    public static func resolve(_ path: String) throws -> String {
        guard let resolved = realpath(path, nil) else { throw DiskError("open", path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folders above an absolute path, the outermost first.
    public static func folders(above path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return ["/"] + parts.indices.map { "/" + parts[...$0].joined(separator: "/") }
    }

    /// The first folder above an absolute path that this process may not enter; nil if none keeps it out.
    public static func closedFolder(above path: String) -> String? {
        folders(above: path).first { refusal(of: .enter, at: $0)?.isForbidden == true }
    }

    /// - Returns: whether the file is gone.
    @discardableResult
    public static func removeFile(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

    /// Removes an empty folder.
    public static func removeEmptyFolder(_ path: String) throws {
        guard rmdir(path) == 0 else { throw DiskError("remove folder", path) }
    }
}
