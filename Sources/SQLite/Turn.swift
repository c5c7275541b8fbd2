// Writers wait for one another, and the lock of SQLite itself is a poor place to wait at: there is no queue, each look at it
// begins a transaction, and that keeps the log from beginning anew. So they queue here first, and the kernel wakes the next
// one. It is a courtesy and guards nothing: whoever has waited for long goes on and leaves it to SQLite.

internal import CDisk
import Glibc

/// The turn to write, among all connections to a database of the same folder; it ends with its process.
final class Turn {
    private let folder: Int32

    /// How long is waited, in microseconds. A transaction takes a few hundred; whoever has the turn for longer, such as an
    /// import, is waited for as for any other program that writes (`Connection.busyTimeout`).
    static let patience = 1_000_000

    /// - Parameter path: of the database.
    init(path: String) {
        folder = Glibc.open(Connection.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    deinit { if folder >= 0 { close(folder) } }

    /// Whether it is this connection's turn now.
    func take() -> Bool { flock(folder, LOCK_EX | LOCK_NB) == 0 }

    /// Waits for the turn, but not for long; false when it did not come.
    @discardableResult
    func wait() -> Bool { imagebed_flock_within(folder, Turn.patience) == 0 }

    func pass() { flock(folder, LOCK_UN) }
}
