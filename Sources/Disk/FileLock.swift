// The one use of flock(2). Whoever can open a file can lock it, and the kernel releases the lock with the last copy of the descriptor.

internal import CDisk
import Glibc

/// The exclusive lock that an open file or folder stands for. It owns nothing: closing the descriptor releases the lock too.
public struct FileLock: Sendable {
    private let descriptor: Int32

    public init(on descriptor: Int32) { self.descriptor = descriptor }

    /// Takes the lock if it is free; otherwise errno tells why not (EWOULDBLOCK: another process has it).
    public func take() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Waits for the lock. A signal ends the wait as well (EINTR).
    ///
    /// - Parameter microseconds: at most; at least 1.
    public func take(within microseconds: Int) -> Bool { imagebed_flock_within(descriptor, microseconds) == 0 }

    /// Whether another process has the lock.
    var isHeld: Bool { flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK }

    public func release() { flock(descriptor, LOCK_UN) }
}
