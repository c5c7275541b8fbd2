// An advisory queue in front of SQLite's write lock. That lock has no queue, and each poll of it begins a transaction, which keeps the
// write-ahead log from being reset. Here waiting writers are woken by the kernel. Correctness does not depend on it: after a timeout a
// writer goes on to SQLite's lock.

import Disk
import Glibc

/// The lock of the database's folder, shared by all connections to databases in it; the kernel releases it when the process ends.
final class WriteQueue {
    private let folder: Int32
    private let lock: FileLock

    /// Timeout in microseconds. A transaction takes a few hundred; if one takes longer, such as an import, `Connection.busyTimeout`
    /// applies.
    static let patience = 1_000_000

    /// - Parameter path: the database file.
    init(path: String) {
        folder = Glibc.open(Connection.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        lock = FileLock(on: folder)
    }

    deinit { if folder >= 0 { close(folder) } }

    /// Takes the lock if it is free.
    func take() -> Bool { lock.take() }

    /// Waits for the lock; false after the timeout.
    @discardableResult
    func wait() -> Bool { lock.take(within: WriteQueue.patience) }

    func pass() { lock.release() }
}
