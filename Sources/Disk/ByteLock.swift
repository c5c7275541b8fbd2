// Locks for things that have no file of their own: each is one byte of a shared file, so that nothing is left of what was ever locked.
// These are open file description locks (fcntl_locking(2)): two of one process exclude each other too.

internal import CDisk
import Glibc

/// An exclusive lock on one byte of a file, released on deinit, and by the kernel when the process ends.
public final class ByteLock {
    private let descriptor: Int32
    private let offset: off_t

    /// - Returns: nil if the byte is locked already.
    fileprivate init?(adopting descriptor: Int32, at offset: Int, path: String) throws {
        (self.descriptor, self.offset) = (descriptor, off_t(offset))
        if imagebed_lock_byte(descriptor, self.offset) == 0 { return }
        guard errno == EAGAIN || errno == EACCES else { throw DiskError("lock", path) }
        return nil
    }

    /// Closing alone would leave the lock to a child process that has the descriptor until it calls exec.
    deinit {
        _ = imagebed_unlock_byte(descriptor, offset)
        close(descriptor)
    }

    /// The byte for a thing with this digest. Two things with the same byte, which is as good as impossible, only keep each other waiting.
    public static func offset(for digest: [UInt8]) -> Int { digest.prefix(8).reduce(0) { $0 << 8 | Int($1) } & (1 << 62 - 1) }
}

extension Folder {
    /// Locks one byte of a lock file, which is created if it is missing; the lock is released with the returned object.
    ///
    /// - Parameter offset: of the byte, which need not exist.
    /// - Returns: nil if it is locked already.
    public func lock(_ name: String, byteAt offset: Int) throws -> ByteLock? {
        let opened = openBeneath(name, O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
        guard opened >= 0 else { throw DiskError("open lock", place(name)) }
        return try ByteLock(adopting: opened, at: offset, path: place(name))
    }
}
