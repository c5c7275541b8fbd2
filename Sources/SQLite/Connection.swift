// One connection, one owner, one thread. It settles once how this project uses SQLite: write-ahead log, a full sync for
// each commit (what was answered with success survives a power cut), and writers that wait instead of failing.

internal import CSQLite
import Database
import Glibc
import Text

/// An open database with its prepared statements.
public final class Connection: Database {
    let handle: OpaquePointer
    private let turn: Turn
    private var statements: [StatementText: Statement] = [:]
    private var insideTransaction = false
    private var keepsSnapshots = false
    private var hasSnapshot = false

    /// Tells SQLite that this process has one thread, so that it neither locks nor counts its memory; to be called before
    /// anything is opened. A push takes one fortieth less time.
    public static func useOneThread() { imagebed_use_one_thread() }

    /// How long a writer waits for another process's transaction, in milliseconds.
    public static let busyTimeout = 5000

    /// Pages in the log after which a commit also brings them into the database: four times SQLite's own number, 16 MB. Whoever
    /// comes by then waits for two more syncs and for every page that changed, however often; a push writes five or six.
    private static let checkpointPages = 4_000

    /// Opens the file at `path`, and creates it when `creates` is true.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` when the file is missing and must not be created.
    public convenience init(path: String, creates: Bool = false) throws {
        try self.init(path: path, SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0))
        try execute("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(Connection.checkpointPages);
            PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY
            """)
    }

    /// A file that a copy is written to: it is nobody's yet, and synced at its end.
    convenience init(copyTarget path: String) throws {
        try self.init(path: path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW)
        try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }

    /// Opens the file for reading alone. Where nobody has it open nothing is made beside it.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` when the file is missing.
    public convenience init(readingOnly path: String) throws {
        // A log that is there has to be read too. Where there is none SQLite would make its two files, unless it is told that nobody
        // changes the database meanwhile (https://www.sqlite.org/uri.html).
        if access(path + "-wal", F_OK) == 0 {
            try self.init(path: path, SQLITE_OPEN_READONLY)
        } else {
            let encoded = PercentCoding.encode(path) { _ in false }
            try self.init(path: "file:\(encoded)?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
        }
    }

    private init(path: String, _ flags: Int32) throws {
        turn = Turn(path: path)
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard let opened else {
            throw DatabaseError(SQLITE_CANTOPEN, "out of memory", in: "")
        }
        handle = opened
        guard code == SQLITE_OK else { throw failure(in: "open \(path)") }
        sqlite3_busy_handler(handle, Connection.waitForLock, nil)
    }

    /// The folder in which a file lies.
    static func folder(of path: String) -> String {
        guard let end = path.lastIndex(of: "/") else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// Waits half a millisecond at a time: a commit takes about that long, and SQLite's own handler soon sleeps for 25 ms and
    /// more, which would leave the disk idle while several writers take turns.
    private static let waitForLock: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32 = { _, timesBefore in
        guard Int(timesBefore) * waitMicroseconds < busyTimeout * 1000 else { return 0 }
        usleep(UInt32(waitMicroseconds))
        return 1
    }

    private static let waitMicroseconds = 500

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs one or several statements that take no values and give no rows.
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

    /// Every claim is the write lock, held from the start: so nothing has to be undone half-way because another writer came first.
    public func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value {
        if insideTransaction { return try body() }
        defer { turn.pass() }
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

    /// A commit that cannot be synced is undone here; but it may lie in the log whole, and be found there after a crash.
    private func commit() throws {
        do {
            try run("COMMIT")
        } catch let error as DatabaseError where sqlite3_extended_errcode(handle) & 0xff == SQLITE_IOERR {
            throw DatabaseError(.unknownOutcome, message: error.message, description: error.description)
        }
    }

    public func read<Value>(_ body: () throws -> Value) throws -> Value {
        if insideTransaction { return try body() }
        if !hasSnapshot { try run("BEGIN") }
        hasSnapshot = true
        insideTransaction = true
        defer {
            insideTransaction = false
            // A lock for writing is never kept beyond what took it.
            if !keepsSnapshots || sqlite3_txn_state(handle, nil) == SQLITE_TXN_WRITE { endSnapshot() }
        }
        return try body()
    }

    public func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value {
        keepsSnapshots = true
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
        let isMyTurn = turn.take()
        if hasSnapshot {
            // Starts a write and, as the file is not kept small by itself, writes nothing; SQLite has no word for just that.
            if isMyTurn, (try? run("PRAGMA incremental_vacuum(1)")) != nil {
                hasSnapshot = false
                return
            }
            endSnapshot()
        }
        if !isMyTurn { turn.wait() }
        try run("BEGIN IMMEDIATE")
    }

    private func prepared(_ text: String) throws -> Statement {
        let key = StatementText(text: text)
        if let known = statements[key], !known.isRunning { return known }
        let statement = try Statement(text, in: self)
        statements[key] = statement
        return statement
    }

    /// A statement is found by the length of its text, which few share, and then compared: to hash some hundred bytes at each
    /// call takes as long as a small query itself.
    private struct StatementText: Hashable {
        let text: String
        func hash(into hasher: inout Hasher) { hasher.combine(text.utf8.count) }
    }

    func failure(in statement: String) -> DatabaseError {
        DatabaseError(sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)), in: statement)
    }
}
