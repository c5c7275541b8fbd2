// A lock that ends with its owner. Whoever can open a file can lock it, and hold it for as long as he likes: nobody waits for ever.

internal import CDisk
import Glibc
import Time

/// An exclusive flock(2) on a file, released when this goes, and by the kernel when the process dies.
public final class Lock {
    /// For a process that is to hold the lock too: it ends with the last of them.
    public let descriptor: Int32
    private let path: String

    /// Seconds that a lock is waited for. What is done under one takes less than a second, but for a busy disk.
    public static let patience = 30

    /// - Parameter patience: seconds; nil does not wait at all.
    /// - Returns: nil when it does not wait and somebody else holds the lock.
    /// - Throws: `DiskError`, kind `.held` when it was not released in time.
    init?(adopting descriptor: Int32, path: String, patience: Int?) throws {
        (self.descriptor, self.path) = (descriptor, path)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        guard errno == EWOULDBLOCK else { throw DiskError("lock", path) }
        guard let patience else { return nil }
        try wait(until: Now.monotonicMicroseconds + patience * 1_000_000)
    }

    /// - Parameter end: as `Now.monotonicMicroseconds` tells the time.
    private func wait(until end: Int) throws {
        // (Other signals than the one that limits it interrupt it too.)
        while imagebed_flock_within(descriptor, max(1, end - Now.monotonicMicroseconds)) != 0 {
            guard errno == EINTR else { throw DiskError("lock", path) }
            guard Now.monotonicMicroseconds < end else { throw DiskError("lock", path, code: ETIMEDOUT) }
        }
    }

    /// Whether another process holds the lock of a file; not where the file does not open.
    public static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Puts a short text into the locked file, for others who look at it; not durable.
    public func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, ftruncate(descriptor, off_t(bytes.count)) == 0 else {
            throw DiskError("write", path)
        }
    }

    deinit { close(descriptor) }
}
