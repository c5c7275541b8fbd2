// How this project uses SQLite: write-ahead log, fsync at each commit (a committed write survives a power cut), and writers that wait
// for a lock instead of failing. A connection has one owner and is used on one thread.

internal import CSQLite
import Database
import Glibc
import Text
import Time

/// An open database with a cache of prepared statements.
public final class Connection: Database {
    let handle: OpaquePointer
    private let queue: WriteQueue
    private var statements: [StatementText: Statement] = [:]
    private var insideTransaction = false
    private var keepsSnapshots = false
    private var hasSnapshot = false

    /// Turns off SQLite's mutexes and memory statistics, because the process has one thread; must be called before any connection is
    /// opened. It makes a push 2.5 % faster.
    public static func useOneThread() { imagebed_use_one_thread() }

    /// Timeout for another connection's write lock, in milliseconds.
    public static let busyTimeout = 5000

    /// Pages in the write-ahead log at which a commit starts a checkpoint: 24 MB, six times SQLite's default. A checkpoint costs that
    /// commit two more fsyncs and the writing of every changed page; a push changes five or six, an upload nineteen.
    private static let checkpointPages = 6_000

    /// Opens the database at `path`, or creates it if `creates` is true.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` if the file is missing and `creates` is false.
    public convenience init(path: String, creates: Bool = false) throws {
        try self.init(path: path, SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0))
        try execute("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(Connection.checkpointPages);
            PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY
            """)
    }

    /// Opens the target of a copy. No other process uses it yet, and it is synced when it is complete.
    convenience init(copyTarget path: String) throws {
        try self.init(path: path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW)
        try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }

    /// Opens the database read-only. If no other process has it open, no file is created beside it.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` if the file is missing.
    public convenience init(readingOnly path: String) throws {
        // An existing write-ahead log must be read too. If there is none, SQLite would create one unless it is told that the database
        // does not change (https://www.sqlite.org/uri.html).
        if access(path + "-wal", F_OK) == 0 {
            try self.init(path: path, SQLITE_OPEN_READONLY)
        } else {
            let encoded = PercentCoding.encode(path) { _ in false }
            try self.init(path: "file:\(encoded)?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
        }
    }

    private init(path: String, _ flags: Int32) throws {
        queue = WriteQueue(path: path)
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard let opened else {
            throw DatabaseError(SQLITE_CANTOPEN, "out of memory", in: "")
        }
        handle = opened
        guard code == SQLITE_OK else { throw failure(in: "open \(path)") }
        sqlite3_busy_handler(handle, Connection.waitForLock, nil)
    }

    /// The folder that contains a file.
    static func folder(of path: String) -> String {
        guard let end = path.lastIndex(of: "/") else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// Retries every half millisecond: a commit takes about that long, while SQLite's own handler soon sleeps for 25 ms and more, so that
    /// the disk would be idle while several writers wait.
    private static let waitForLock: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32 = { _, timesBefore in
        guard Int(timesBefore) * waitMicroseconds < busyTimeout * 1000 else { return 0 }
        pause(microseconds: waitMicroseconds)
        return 1
    }

    private static let waitMicroseconds = 500

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    public var engine: Engine { .sqlite }

    /// No other machine has this file.
    public func lock(_ work: ExclusiveWork, patience: Int?) -> (any HeldLock)? { LockOfOneMachine() }

    /// Executes one or several statements without values and without rows.
    public func execute(_ script: String) throws {
        guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw failure(in: script) }
    }

    public func run(_ text: String, with values: [any Bindable]) throws -> Int {
        let statement = try prepared(text)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {}
        return Int(sqlite3_changes64(handle))
    }

    /// (RETURNING would make a table for one row.)
    public func insert(_ text: String, with values: [any Bindable]) throws -> Int? {
        try run(text, with: values) == 1 ? Int(sqlite3_last_insert_rowid(handle)) : nil
    }

    public func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws {
        let statement = try prepared(text)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() { guard try body(Row(statement)) else { return } }
    }

    public var moment: Moment? {
        get throws {
            Moment(others: try first("PRAGMA data_version") { $0.integer(0) } ?? 0, own: Int(sqlite3_total_changes64(handle)))
        }
    }

    /// Every claim takes SQLite's one write lock at the start, so no transaction fails half-way because of another writer.
    public func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value {
        if insideTransaction { return try body() }
        defer { queue.pass() }
        try lockForWriting()
        insideTransaction = true
        defer { insideTransaction = false }
        do {
            let value = try body()
            try commit()
            return value
        } catch {
            if sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// A commit whose fsync fails is rolled back here, but may be complete in the log and be recovered after a crash.
    private func commit() throws {
        do {
            try run("COMMIT")
        } catch let error as DatabaseError where sqlite3_extended_errcode(handle) & 0xff == SQLITE_IOERR {
            throw DatabaseError(.unknownOutcome, message: error.message, description: error.description)
        }
    }

    public func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value {
        // (Those that refuse every change would be left out too.)
        try requireChanges()
        try setTriggers(false)
        do {
            let value = try body()
            try setTriggers(true)
            return value
        } catch {
            _ = try? setTriggers(true)
            throw error
        }
    }

    /// (SQLite prepares all statements anew after it.)
    private func setTriggers(_ isOn: Bool) throws {
        guard imagebed_set_triggers(handle, isOn ? 1 : 0) == SQLITE_OK else { throw failure(in: "triggers") }
    }

    public func read<Value>(_ body: () throws -> Value) throws -> Value {
        if insideTransaction { return try body() }
        if !hasSnapshot { try run("BEGIN") }
        hasSnapshot = true
        insideTransaction = true
        defer {
            insideTransaction = false
            // A write lock never outlives its transaction.
            if !keepsSnapshots || sqlite3_txn_state(handle, nil) == SQLITE_TXN_WRITE { endSnapshot() }
        }
        return try body()
    }

    public func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value {
        keepsSnapshots = true
        // (Begun here, single statements share it too. If it fails, each has its own.)
        if !insideTransaction, !hasSnapshot { hasSnapshot = (try? run("BEGIN")) != nil }
        defer {
            keepsSnapshots = false
            if hasSnapshot { endSnapshot() }
        }
        return try body()
    }

    private func endSnapshot() {
        hasSnapshot = false
        if (try? run("COMMIT")) == nil { _ = try? run("ROLLBACK") }
    }

    private func lockForWriting() throws {
        let isMyTurn = queue.take()
        if hasSnapshot {
            // Upgrades to a write transaction. SQLite has no statement for that; this one writes nothing, as auto-vacuum is off.
            if isMyTurn, (try? run("PRAGMA incremental_vacuum(1)")) != nil {
                hasSnapshot = false
                return
            }
            endSnapshot()
        }
        if !isMyTurn { queue.wait() }
        try run("BEGIN IMMEDIATE")
    }

    private func prepared(_ text: String) throws -> Statement {
        let key = StatementText(text: text)
        if let known = statements[key], !known.isRunning { return known }
        let statement = try Statement(text, in: self)
        statements[key] = statement
        return statement
    }

    /// Hashed by length only, which few statements share, and then compared: hashing a few hundred bytes at each call takes as long as a
    /// small query.
    private struct StatementText: Hashable {
        let text: String
        func hash(into hasher: inout Hasher) { hasher.combine(text.utf8.count) }
    }

    func failure(in statement: String) -> DatabaseError {
        DatabaseError(sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)), in: statement)
    }
}
