// The schema's history. A migration is never edited once released: a later one changes what it made.

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

/// The database was written by a later version of the program than this one.
public struct SchemaTooNew: Error, CustomStringConvertible {
    public let found: Int
    public let known: Int

    public var description: String {
        "the database has schema \(found), this program knows \(known): install the newer program again, or restore a backup"
    }
}

extension Connection {
    /// The number of migrations that the file has seen (`PRAGMA user_version`).
    public var schemaVersion: Int {
        get throws { try first("PRAGMA user_version") { $0.integer(0) } ?? 0 }
    }

    /// Brings the schema up to date: each missing step in its own transaction, in order.
    ///
    /// Several processes may start at once, so the version is read again under the write lock.
    public func migrate(_ migrations: [Migration]) throws {
        if try schemaVersion == migrations.count { return }
        for (index, migration) in migrations.enumerated() {
            try write {
                guard try schemaVersion == index else { return }
                try execute(migration.script)
                try execute("PRAGMA user_version = \(index + 1)")
            }
        }
        let version = try schemaVersion
        guard version <= migrations.count else { throw SchemaTooNew(found: version, known: migrations.count) }
    }
}
