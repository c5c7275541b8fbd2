// A copy of a database that others go on writing to (https://www.sqlite.org/backup.html). Its pages come out of one read
// transaction: without it SQLite begins anew whenever another process has committed anything, which never ends on a busy site.
// Writers are not kept waiting; the log only grows until the copy is done, because a reader still needs its pages: 3 s for a
// database of 1 GB that was in memory, with the sync of the copy.

internal import CSQLite
import Database
import Glibc

/// A copy that could not be made because of its file; whatever stood at the path is still there, and nothing else was left.
public enum CopyError: Error, CustomStringConvertible {
    /// Another process is copying to the same path.
    case underWay(path: String)
    /// A call of the operating system failed (errno).
    case file(operation: String, path: String, code: Int32)

    public var description: String {
        switch self {
        case .underWay(let path): "\(path) is being written by another process: wait for it, and try again"
        case .file(let operation, let path, let code): "\(operation) \(path): \(String(cString: strerror(code)))"
        }
    }
}

/// How far a copy is, in pages of the database.
public struct CopyProgress: Sendable {
    public let done: Int
    public let total: Int
}

extension Connection {
    /// Copies the database as it is now to a new file of mode 0600 in an existing folder, while others read and write. The copy
    /// needs no `-wal` beside it and can be read on a read-only disk: it keeps a rollback journal until it is opened here for
    /// writing. It is written as `path.partial`, synced, and takes the place of what stands at `path` in one step.
    ///
    /// - Throws: `DatabaseError`: `.full` when there is no room, `.busy` inside a write of this same connection (another connection may
    ///   copy meanwhile, and sees what was there before that write); `CopyError`.
    public func copy(to path: String, progress: (CopyProgress) -> Void = { _ in }) throws {
        try DatabaseCopy(of: self, as: path, progress: progress).finish()
    }
}

/// A copy that has all pages but not its name yet: it can still be looked at and corrected. It goes with its owner unless `finish`
/// was called.
public final class DatabaseCopy {
    /// The copy itself; what is written to it is synced by `finish`.
    public let database: Connection
    private let file: UnfinishedCopy

    /// Pages between two reports; 4 MB at SQLite's page size.
    private static let pagesAtOnce: Int32 = 1_024

    /// - Throws: as `Connection.copy` does.
    public init(of source: Connection, as path: String, progress: (CopyProgress) -> Void = { _ in }) throws {
        file = try UnfinishedCopy(of: path)
        database = try Connection(copyTarget: file.path)
        try source.read {
            // The snapshot begins with the first read.
            _ = try source.schemaVersion
            try DatabaseCopy.copyPages(of: source, to: database, progress)
        }
        // The pages say that there is a write-ahead log. What is written from here on is undone in memory, and leaves no file.
        try database.execute("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY")
    }

    private static func copyPages(of source: Connection, to target: Connection, _ progress: (CopyProgress) -> Void) throws {
        guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else { throw target.failure(in: "copy") }
        var code = SQLITE_OK
        repeat {
            code = sqlite3_backup_step(backup, pagesAtOnce)
            let total = Int(sqlite3_backup_pagecount(backup))
            progress(CopyProgress(done: total - Int(sqlite3_backup_remaining(backup)), total: total))
        } while code == SQLITE_OK
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            throw DatabaseError(code, String(cString: sqlite3_errstr(code)), in: "copy")
        }
    }

    /// Makes the copy durable and gives it its name. Nothing is written to it after this.
    public func finish() throws { try file.finish() }
}

/// The file that becomes a copy. One that a killed process left behind is written anew; one in use is told by its lock.
private final class UnfinishedCopy {
    let path: String
    private let finished: String
    private let descriptor: Int32
    private var isOwn = false

    init(of finished: String) throws {
        self.finished = finished
        path = finished + ".partial"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw CopyError.file(operation: "make", path: path, code: errno) }
        var (own, named) = (stat(), stat())
        // Between the two calls its owner may have finished it: then this is no longer the unfinished one.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &own) == 0, lstat(path, &named) == 0, own.st_ino == named.st_ino
        else { throw CopyError.underWay(path: path) }
        isOwn = true
        guard ftruncate(descriptor, 0) == 0, fchmod(descriptor, 0o600) == 0 else {
            throw CopyError.file(operation: "empty", path: path, code: errno)
        }
        removeCompanions()
    }

    deinit {
        if isOwn {
            unlink(path)
            removeCompanions()
        }
        if descriptor >= 0 { close(descriptor) }
    }

    /// What SQLite keeps beside a database that is in use.
    private func removeCompanions() {
        for end in ["-journal", "-wal", "-shm"] { unlink(path + end) }
    }

    func finish() throws {
        guard fsync(descriptor) == 0 else { throw CopyError.file(operation: "sync", path: path, code: errno) }
        guard rename(path, finished) == 0 else { throw CopyError.file(operation: "rename to \(finished)", path: path, code: errno) }
        isOwn = false
        let folder = open(Connection.folder(of: finished), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        guard folder >= 0, fsync(folder) == 0 else { throw CopyError.file(operation: "sync the folder of", path: finished, code: errno) }
    }
}
