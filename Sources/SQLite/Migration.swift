// Schema migrations. A released migration is never edited; a later one changes its result.

import Database
import Time

/// One step from a schema version to the next.
public struct Migration: Sendable {
    /// Used in error messages.
    public let name: String
    public let script: String
    /// Statements that come before the script, take long, and do not disturb programs of the version before: indexes. Each changes nothing
    /// when it was done already.
    public let ahead: [String]
    /// Statements that come after the script and change rows, in words that PostgreSQL reads too: there the script's tables, indexes and
    /// triggers are made from what the script leaves in an empty database, and of all that follows these statements alone run.
    public let rows: [String]

    public init(_ name: String, ahead: [String] = [], _ script: String, rows: [String] = []) {
        self.name = name
        self.ahead = ahead
        self.script = script
        self.rows = rows
    }
}

extension Connection {
    /// The number of migrations applied (`PRAGMA user_version`).
    public var schemaVersion: Int { get throws { try abs(schemaMark) } }

    public var schemaMark: Int { get throws { try first("PRAGMA user_version") { $0.integer(0) } ?? 0 } }

    /// Applies all missing migrations in order and in one transaction: if one fails, the database is unchanged.
    ///
    /// Several processes may start at once, so the version is read again under the write lock.
    ///
    /// - Parameters:
    ///   - prepare: called under that lock with the old version, before the first migration; if it throws, nothing is migrated.
    ///   - finish: called with the old version after the last migration, in the same transaction.
    /// - Throws: `OtherSchema` if it is newer.
    public func migrate(_ migrations: [Migration], prepare: (Int) throws -> Void = { _ in }, finish: (Int) throws -> Void = { _ in }) throws {
        if try schemaVersion == migrations.count { return }
        try write {
            let found = try schemaVersion
            guard found < migrations.count else { return }
            try prepare(found)
            for migration in migrations[found...] {
                for statement in migration.ahead { try execute(statement) }
                try execute(migration.script)
                for statement in migration.rows { try run(statement) }
            }
            try finish(found)
            try execute("PRAGMA user_version = \(migrations.count)")
        }
        try requireSchema(migrations.count)
    }

    /// Does ahead what the next migrations allow, each statement in a transaction of its own, so that others can write between them. What
    /// fails here (a table is to come from a migration before it) is left to `migrate`.
    ///
    /// - Parameter goesOn: called after each statement, with the numbers of those that are done and of all.
    public func migrateAhead(_ migrations: [Migration], goesOn: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws {
        let found = try schemaVersion
        guard found > 0, found < migrations.count else { return }
        let statements = migrations[found...].flatMap(\.ahead)
        for (number, statement) in statements.enumerated() {
            _ = try? write { if try schemaVersion == found { try execute(statement) } }
            // Who waits for the lock looks for it ten times a second (SQLite's sqlite3_busy_timeout).
            pause(microseconds: 150_000)
            goesOn(number + 1, statements.count)
        }
    }
}
