// The schema of a site's database: whether this program can work with it, and its migration. Only `imagebed setup` and what
// makes a new site migrate; every other program waits for it or says so, so that nobody migrates by accident while an older
// program is still at work.

import Database
import Disk
import SQLite

/// The schema of a site's database.
public enum SiteSchema {
    /// All steps that the database of a site has gone through, in order. A released step is never changed.
    public static let migrations = [AccountsSchema.migration, MediaSchema.migration, SettingsSchema.migration,
                                    SyncSchema.migration, AccountsSchema.sessions, MediaSchema.senders,
                                    AccountsSchema.challenges, MediaSchema.numbers, SyncSchema.lighterPushes,
                                    AccountsSchema.signIn, MediaSchema.uploadKeys]

    /// The number of the schema that this program works with.
    public static var known: Int { migrations.count }

    /// A migration that was made.
    public struct Update: Sendable {
        /// The schema's number before it.
        public let former: Int
        /// Where the database is as it was before.
        public let copy: String
    }

    /// The number of the first schema in which accounts say whether a digest opens them.
    private static var stepsToSignIn: Int { 1 + (migrations.firstIndex { $0.name == AccountsSchema.signIn.name } ?? 0) }

    /// How many copies of former schemas are kept.
    static let keptCopies = 2

    /// Makes the database where it is missing and migrates it, after copying it, where it is older than this program.
    ///
    /// - Parameter progress: called while the database is copied.
    /// - Returns: nil when there was nothing to migrate.
    /// - Throws: `SchemaTooNew`; `NoSpaceToMigrate`; `DatabaseError`. The database is then as it was.
    @discardableResult
    public static func update(_ data: DataFolder, progress: (CopyProgress) -> Void = { _ in }) throws -> Update? {
        let database = try Connection(path: data.database, creates: true)
        var update: Update?
        try database.migrate(migrations, prepare: { former in
            guard former > 0 else { return }
            try requireSpace(data)
            let copy = data.copyOfDatabase(before: former)
            // Nobody writes meanwhile, so the copy is what is migrated; another connection sees it as it was before.
            try Connection(path: data.database).copy(to: copy, progress: progress)
            update = Update(former: former, copy: copy)
        }, finish: { former in
            if former > 0, former < stepsToSignIn, !data.ownsFiles { try AccountsSchema.takeDigests(database) }
        })
        if update != nil {
            // Else the first request that writes would bring all that the migration changed into the database.
            _ = try? database.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) }
            removeOldCopies(data)
        }
        return update
    }

    /// - Throws: `SchemaTooOld`, `SchemaTooNew`; `DatabaseError`.
    public static func require(_ data: DataFolder) throws { try Connection(path: data.database).requireSchema(known) }

    /// Whether `update` would succeed, found out without changing anything.
    ///
    /// - Returns: the number of the schema that is there; nil where there is no database yet.
    /// - Throws: `SchemaTooNew`; `NoSpaceToMigrate`; `DatabaseError`.
    public static func check(_ data: DataFolder) throws -> Int? {
        guard FileSystem.exists(data.database) else { return nil }
        do {
            try Connection(readingOnly: data.database).requireSchema(known)
            return known
        } catch let older as SchemaTooOld {
            if older.found > 0 { try requireSpace(data) }
            return older.found
        }
    }

    /// The copy takes as much as the database, and what a migration writes into the log at most as much again.
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

/// A migration that was not begun, because the copy made before it would not fit.
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
