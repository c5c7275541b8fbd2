// The schema's history. A migration is never edited once released: a later one changes what it made.

import Database

/// One step from a schema to the next.
public struct Migration: Sendable {
    /// What the step brings, for the error message.
    public let name: String
    public let script: String

    public init(_ name: String, _ script: String) {
        self.name = name
        self.script = script
    }
}

extension Connection {
    /// The number of migrations that the file has seen (`PRAGMA user_version`).
    public var schemaVersion: Int {
        get throws { try first("PRAGMA user_version") { $0.integer(0) } ?? 0 }
    }

    /// - Throws: `SchemaTooOld`, `SchemaTooNew`.
    public func requireSchema(_ number: Int) throws {
        let found = try schemaVersion
        if found < number { throw SchemaTooOld(found: found, needed: number) }
        if found > number { throw SchemaTooNew(found: found, known: number) }
    }

    /// Brings the schema up to date: all missing steps in order and in one transaction, so that a step that fails leaves the
    /// database as it was.
    ///
    /// Several processes may start at once, so the version is read again under the write lock.
    ///
    /// - Parameters:
    ///   - prepare: called under that lock with the number of a schema that is about to be migrated; what it throws
    ///     prevents the migration.
    ///   - finish: called with the same number when all steps are made, and still in their transaction.
    /// - Throws: `SchemaTooNew`.
    public func migrate(_ migrations: [Migration], prepare: (Int) throws -> Void = { _ in }, finish: (Int) throws -> Void = { _ in }) throws {
        if try schemaVersion == migrations.count { return }
        try write {
            let found = try schemaVersion
            guard found < migrations.count else { return }
            try prepare(found)
            for migration in migrations[found...] { try execute(migration.script) }
            try finish(found)
            try execute("PRAGMA user_version = \(migrations.count)")
        }
        try requireSchema(migrations.count)
    }
}
