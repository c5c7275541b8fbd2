// File locks. Anyone who can open a file can lock it for any time, so every wait has a limit.

import Glibc
import Time

/// The exclusive lock of a file, released on deinit, and by the kernel when the process ends.
public final class Lock {
    /// Can be inherited by another process, which then holds the lock too: it is released when both have closed it.
    public let descriptor: Int32
    private let path: String

    /// Seconds to wait for a lock. It is held for less than a second, except on a busy disk.
    public static let patience = 30

    /// - Parameter end: in terms of `Now.monotonicMicroseconds`; nil does not wait.
    /// - Returns: nil if it does not wait and another process holds the lock.
    /// - Throws: `DiskError`, kind `.held` if it was not released in time.
    init?(adopting descriptor: Int32, path: String, until end: Int?) throws {
        (self.descriptor, self.path) = (descriptor, path)
        if FileLock(on: descriptor).take() { return }
        guard errno == EWOULDBLOCK else { throw DiskError("lock", path) }
        guard let end else { return nil }
        try wait(until: end)
    }

    /// - Parameter end: in terms of `Now.monotonicMicroseconds`.
    private func wait(until end: Int) throws {
        // Retry, because other signals than the timer's interrupt the wait too.
        while !FileLock(on: descriptor).take(within: max(1, end - Now.monotonicMicroseconds)) {
            guard errno == EINTR else { throw DiskError("lock", path) }
            guard Now.monotonicMicroseconds < end else { throw DiskError("lock", path, code: ETIMEDOUT) }
        }
    }

    /// Whether another process holds the lock of a file; false if the file cannot be opened.
    public static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return FileLock(on: descriptor).isHeld
    }

    /// Writes a short text to the locked file, for other processes to read; not durable.
    public func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, ftruncate(descriptor, off_t(bytes.count)) == 0 else {
            throw DiskError("write", path)
        }
    }

    deinit { close(descriptor) }
}
