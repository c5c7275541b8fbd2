// What the file system refused, told apart as far as anybody acts on the difference.

import Glibc

/// A failed file operation: which, on which path, and why (errno).
public struct DiskError: Error, CustomStringConvertible {
    public enum Kind: Sendable {
        /// No space or no quota left: ENOSPC, EDQUOT.
        case full
        /// The name is taken.
        case exists
        /// There is no such file, or the path leads out of its folder.
        case missing
        /// Another process did not release a lock in time.
        case held
        /// Anything else; `code` tells.
        case other
    }

    public let operation: String
    public let path: String
    public let code: Int32

    public init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var kind: Kind {
        switch code {
        case ENOSPC, EDQUOT: .full
        case EEXIST: .exists
        case ENOENT, ENOTDIR, EXDEV, ELOOP, ENAMETOOLONG: .missing
        case ETIMEDOUT where operation == "lock": .held
        default: .other
        }
    }

    /// Whether this process may not read what is there, or the disk cannot.
    public var isClosed: Bool { [EACCES, EPERM, EIO, ENXIO].contains(code) }

    /// Whether nothing has the name (`kind` `.missing` is more).
    public var isAbsent: Bool { code == ENOENT }

    /// Whether this process has not the right to do it.
    public var isForbidden: Bool { [EACCES, EPERM].contains(code) }

    /// Whether a file is larger than what asked for it takes, or than a file system or a limit of the process allows.
    public var isTooLarge: Bool { code == EFBIG }

    /// Whether this process has no room in memory for it.
    public var isOfMemory: Bool { code == ENOMEM }

    /// Whether both names were not of one file system.
    public var isBetweenFileSystems: Bool { code == EXDEV }

    /// The system's words for the cause: "No such file or directory".
    public var reason: String { DiskError.reason(of: code) }

    /// - Parameter code: errno.
    public static func reason(of code: Int32) -> String { String(cString: strerror(code)) }

    public var description: String {
        if kind == .held { return "another process has kept \(path) locked for \(Lock.patience) s: try again when it has ended (fuser -v names it)" }
        return "\(operation) \(path): \(reason)"
    }
}
