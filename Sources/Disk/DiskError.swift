// Errors of the file system, classified as far as callers distinguish them.

import Glibc

/// A failed file operation: the operation, the path and the cause (errno).
public struct DiskError: Error, CustomStringConvertible {
    public enum Kind: Sendable {
        /// No space or no quota left: ENOSPC, EDQUOT.
        case full
        /// A file of that name exists.
        case exists
        /// The file does not exist, or the path leads out of its folder.
        case missing
        /// Another process did not release a lock in time.
        case held
        /// Any other error, see `code`.
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

    /// Whether reading failed for lack of permission or because of an I/O error.
    public var isClosed: Bool { [EACCES, EPERM, EIO, ENXIO].contains(code) }

    /// Whether nothing has this name (ENOENT only; `kind` `.missing` includes other codes).
    public var isAbsent: Bool { code == ENOENT }

    /// Whether this process lacks permission.
    public var isForbidden: Bool { [EACCES, EPERM].contains(code) }

    /// Whether a file exceeds the caller's limit, or that of the file system or of the process.
    public var isTooLarge: Bool { code == EFBIG }

    /// Whether a kept draft has lost bytes (ENODATA).
    public var isCut: Bool { code == ENODATA }

    /// Whether memory is insufficient.
    public var isOfMemory: Bool { code == ENOMEM }

    /// The system's message for the cause: "No such file or directory".
    public var reason: String { DiskError.reason(of: code) }

    /// - Parameter code: errno.
    public static func reason(of code: Int32) -> String { String(cString: strerror(code)) }

    public var description: String {
        if kind == .held { return "another process has kept \(path) locked for \(Lock.patience) s: try again when it has ended" }
        return "\(operation) \(path): \(reason)"
    }
}
