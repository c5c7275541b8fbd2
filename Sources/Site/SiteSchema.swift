// The schema of a site's database: version check and migration. Only `imagebed setup` and commands that create a site migrate; all other
// programs wait or fail, so that no migration runs while an older version is still serving requests.

import Database
import Disk
import PostgreSQL
import SQLite

/// The schema of a site's database.
public enum SiteSchema {
    /// All migrations in order. A released one is never changed.
    public static let migrations = [AccountsSchema.migration, MediaSchema.migration, SettingsSchema.migration,
                                    SyncSchema.migration, AccountsSchema.sessions, MediaSchema.senders,
                                    AccountsSchema.challenges, MediaSchema.numbers, SyncSchema.lighterPushes,
                                    AccountsSchema.signIn, MediaSchema.uploadKeys, UploadSchema.keys,
                                    UploadSchema.resumable, AccountsSchema.ownPages, MediaSchema.owners, SyncSchema.sentVersions,
                                    MediaSchema.gallery, AccountsSchema.quotas, LogSchema.migration, LogSchema.totals,
                                    ReplacementSchema.migration, FileTaskSchema.migration, MediaSchema.mergedInSteps,
                                    ReplacementSchema.versions, ReplacementSchema.formers, ExpirySchema.migration,
                                    EventSchema.migration, CountingSchema.migration]

    /// The schema version that this program works with.
    public static var known: Int { migrations.count }

    /// A migration that was done.
    public struct Update: Sendable {
        /// The schema version before it.
        public let former: Int
        /// The path of the database's copy from before; nil for a database on a server, of which none is made.
        public let copy: String?
    }

    /// The first schema version with `takes_digest`.
    private static var stepsToSignIn: Int { 1 + (migrations.firstIndex { $0.name == AccountsSchema.signIn.name } ?? 0) }

    /// How many copies from before migrations are kept.
    static let keptCopies = 2

    /// Does what takes long and what programs of the version before do not notice, while they serve. `update` does what is missing then.
    ///
    /// - Parameter progress: called with the numbers of steps that are done and of all.
    /// - Throws: `OtherSchema` if it is newer; `NoSpaceToMigrate`; `DatabaseError`.
    public static func updateAhead(_ data: DataFolder, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws {
        guard case .file = try DatabasePlace(of: data), let former = try check(data), former < known else { return }
        try forMigrations(data).migrateAhead(migrations, goesOn: progress)
    }

    /// A connection whose sorting goes through files, since a million rows would take 80 MB of memory.
    private static func forMigrations(_ data: DataFolder) throws -> Connection {
        let database = try Connection(path: data.database, creates: true)
        if try database.schemaVersion > 0 { try database.execute("PRAGMA temp_store = FILE") }
        return database
    }

    /// Before a node gets a secret of its own: where the database has a site already, it must have that one's.
    ///
    /// - Throws: `SetupError`; `DatabaseError`.
    public static func requireSecret(_ data: DataFolder) throws {
        guard case .server(let words, _) = try DatabasePlace(of: data), !FileSystem.exists(data.secret) else { return }
        if try ServerConnection(words).schemaVersion > 0 { throw SetupError.noSecretOfNode(data.secret) }
    }

    /// Before something is changed that the rows have to fit.
    ///
    /// - Throws: `DatabaseError`, `.moving`, while they are moved to another database.
    public static func requireChanges(_ data: DataFolder) throws {
        if try exists(data) { try DatabasePlace(of: data).open().requireChanges() }
    }

    /// Creates the database if it is missing; copies and migrates it if its schema is older.
    ///
    /// - Parameters:
    ///   - replacesSecret: whether the data folder's secret takes the place of the one that the nodes of a database on a server had.
    ///   - progress: called while the database is copied.
    /// - Returns: nil if there was nothing to migrate.
    /// - Throws: `OtherSchema` if it is newer; `NoSpaceToMigrate`; `SetupError`; `DatabaseError`: the database is unchanged then. `CopyError` also where the
    ///   copy cannot be completed once the database is migrated.
    @discardableResult
    public static func update(_ data: DataFolder, replacesSecret: Bool = false, progress: (CopyProgress) -> Void = { _ in }) throws -> Update? {
        switch try DatabasePlace(of: data) {
        case .file: try updateFile(data, progress: progress)
        case .server(let words, _): try ServerSchema.update(data, at: words, replacesSecret: replacesSecret)
        }
    }

    private static func updateFile(_ data: DataFolder, progress: (CopyProgress) -> Void) throws -> Update? {
        // SQLite gives -wal and -shm the mode of the database, which must be private.
        try FileSystem.makeFile(data.database, mode: 0o600)
        let database = try forMigrations(data)
        var update: (Update, DatabaseCopy)?
        try database.migrate(migrations, prepare: { former in
            guard former > 0 else { return }
            try database.requireChanges()
            try requireSpace(data)
            let path = data.copyOfDatabase(before: former)
            // The write lock is held, so the copy is what will be migrated; another connection sees the state before this transaction.
            let copy = try DatabaseCopy(of: Connection(path: data.database), as: path, progress: progress)
            update = (Update(former: former, copy: path), copy)
        }, finish: { former in
            if former > 0, former < stepsToSignIn, !data.ownsFiles { try AccountsSchema.takeDigests(database) }
        })
        if let (_, copy) = update {
            // To sync it takes as long as to write it, for which nobody has to wait.
            try copy.finish()
            // Otherwise the first request that writes would have to checkpoint the whole migration.
            _ = try? database.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) }
            removeOldCopies(data)
        }
        return update?.0
    }

    /// - Throws: `OtherSchema`; `DatabaseError`.
    public static func require(_ data: DataFolder) throws { try DatabasePlace(of: data).open().requireSchema(known) }

    /// Whether there is a database, of whatever schema.
    public static func exists(_ data: DataFolder) throws -> Bool {
        switch try DatabasePlace(of: data) {
        case .file(let path): FileSystem.exists(path)
        case .server(let words, _): try ServerConnection(words).schemaVersion > 0
        }
    }

    /// The columns, each with its table ("lease.token"), that a database on a server has not because an earlier version of this program made
    /// it. `update` adds them. None where there is no site yet.
    public static func missing(_ data: DataFolder) throws -> [String] {
        guard case .server(let words, _) = try DatabasePlace(of: data) else { return [] }
        let server = try ServerConnection(words)
        return try server.schemaVersion > 0 ? ServerSchema.missing(on: server) : []
    }

    /// Checks, without changing anything, whether `update` would succeed.
    ///
    /// - Returns: the current schema version; nil if there is no database yet.
    /// - Throws: `OtherSchema` if it is newer; `NoSpaceToMigrate`; `DatabaseError`, also `.moving`, while rows are moved that would be changed.
    public static func check(_ data: DataFolder, replacesSecret: Bool = false) throws -> Int? {
        if case .server(let words, _) = try DatabasePlace(of: data) { return try ServerSchema.check(data, at: words, replacesSecret: replacesSecret) }
        guard FileSystem.exists(data.database) else { return nil }
        let database = try Connection(readingOnly: data.database)
        if replacesSecret { try database.requireChanges() }
        do {
            try database.requireSchema(known)
            return known
        } catch let older as OtherSchema where !older.isNewer {
            try database.requireChanges()
            if older.found > 0 { try requireSpace(data) }
            return older.found
        }
    }

    /// The copy needs the database's size, and the migration's log at most the same again.
    private static func requireSpace(_ data: DataFolder) throws {
        let size = [data.database, data.database + "-wal"].reduce(0) { $0 + sizeOfFile($1) }
        let needed = 2 * size + reserve
        let free = try Folder(data.path).freeBytes()
        guard free >= needed else { throw NoSpaceToMigrate(folder: data.path, needed: needed, free: free) }
    }

    private static let reserve = 16 << 20

    private static func sizeOfFile(_ path: String) -> Int { FileStatus(at: path)?.size ?? 0 }

    private static func removeOldCopies(_ data: DataFolder) {
        let known = (1..<migrations.count).filter { FileSystem.exists(data.copyOfDatabase(before: $0)) }
        for former in known.dropLast(keptCopies) { FileSystem.removeFile(data.copyOfDatabase(before: former)) }
    }
}

/// A migration was not started because there is no space for the copy before it.
public struct NoSpaceToMigrate: Error, CustomStringConvertible {
    public let folder: String
    /// Bytes.
    public let needed: Int
    public let free: Int

    public var description: String {
        "the database is copied before it is migrated, which needs \((needed >> 20) + 1) MB in \(folder); \(free >> 20) MB are free: "
            + "make room and try again"
    }
}
