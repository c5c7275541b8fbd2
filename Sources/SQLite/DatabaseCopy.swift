// An online copy of a database (https://www.sqlite.org/backup.html). All pages come from one read transaction: without it SQLite
// restarts the copy whenever another process commits, so that it would never end on a busy site. Writers are not blocked, but the log
// grows until the copy is complete: 3 s for a cached database of 1 GB, with the fsync of the copy.

internal import CSQLite
import Database
import Disk
import Glibc

/// A copy failed because of its file; an earlier file at the path is unchanged, and no other file is left.
public enum CopyError: Error, CustomStringConvertible {
    /// Another process is writing a copy to the same path.
    case underWay(path: String)
    /// A system call failed; `code` is its errno.
    case file(operation: String, path: String, code: Int32)

    public var description: String {
        switch self {
        case .underWay(let path): "\(path) is being written by another process: wait for it, and try again"
        case .file(let operation, let path, let code): "\(operation) \(path): \(String(cString: strerror(code)))"
        }
    }
}

/// Progress of a copy, in pages of the database.
public struct CopyProgress: Sendable {
    public let done: Int
    public let total: Int
}

extension Connection {
    /// Copies the current state of the database to a new file of mode 0600 in an existing folder, while others read and write. The copy
    /// needs no `-wal` file and can be read on a read-only disk: it has a rollback journal until this program opens it for writing.
    /// It is written as `path.partial`, synced, and replaces the file at `path` atomically.
    ///
    /// - Throws: `DatabaseError`: `.full` if the disk is full, `.busy` inside a write transaction of this connection (another connection
    ///   can copy meanwhile, and sees the state before that transaction); `CopyError`.
    public func copy(to path: String, progress: (CopyProgress) -> Void = { _ in }) throws {
        try DatabaseCopy(of: self, as: path, progress: progress).finish()
    }
}

/// A complete copy that does not have its final name yet, so that it can be checked and changed. It is deleted at deinit unless
/// `finish` was called.
public final class DatabaseCopy {
    /// The copy; `finish` syncs what is written to it.
    public let database: Connection
    private let file: UnfinishedCopy

    /// Pages between two progress reports; 4 MB at SQLite's default page size.
    private static let pagesAtOnce: Int32 = 1_024

    /// - Throws: as `Connection.copy`.
    public init(of source: Connection, as path: String, progress: (CopyProgress) -> Void = { _ in }) throws {
        file = try UnfinishedCopy(of: path)
        database = try Connection(copyTarget: file.path)
        try source.read {
            // The snapshot is taken at the first read.
            _ = try source.schemaVersion
            try DatabaseCopy.copyPages(of: source, to: database, progress)
        }
        // The copied header says WAL. Use a rollback journal, and keep that of later changes in memory, so that no file is left.
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

    /// Syncs the copy and renames it. It must not be written to afterwards.
    public func finish() throws { try file.finish() }
}

/// The temporary file of a copy. One of a killed process is overwritten; one in use is recognized by its lock.
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
        // The file may have been renamed before it was locked: it is not the temporary file any more then.
        guard FileLock(on: descriptor).take(), fstat(descriptor, &own) == 0, lstat(path, &named) == 0, own.st_ino == named.st_ino
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

    /// The journal and log files that SQLite keeps beside a database.
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
