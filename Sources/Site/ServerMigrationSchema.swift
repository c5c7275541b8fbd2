// The schema of a database on a server that several nodes use: who makes it, what an older one lacks, and which secret its nodes have.
// Only `imagebed setup` makes and migrates, and one at a time: it has the whole database to itself meanwhile.

import Database
import Disk
import PostgreSQL
import SQLite

extension ServerSchema {
    /// The version of the first release that had databases on servers: migrations up to it never ran there.
    static let firstVersion = 27

    /// Makes the schema of a new site, or adds what an older one lacks.
    ///
    /// - Returns: nil if there was nothing to migrate.
    /// - Throws: `OtherSchema` if it is newer; `SetupError`; `DatabaseError`; the database is unchanged then.
    static func update(_ data: DataFolder, at words: String, replacesSecret: Bool) throws -> SiteSchema.Update? {
        let server = try ServerConnection(words, patience: nil)
        let former = try server.write {
            let former = try server.schemaVersion
            guard former <= SiteSchema.known else { throw OtherSchema(found: former, needed: SiteSchema.known) }
            if try former < SiteSchema.known || !missing(on: server).isEmpty { try server.requireChanges() }
            if former == 0 {
                try requireEmptyFolder(data)
                try make(on: server, of: data)
            } else if replacesSecret {
                try server.run("UPDATE secret_fingerprint SET fingerprint = ?", data.secretFingerprint())
            } else {
                try requireSecret(of: data, on: server)
            }
            try migrate(server, from: former == 0 ? SiteSchema.known : former)
            return former
        }
        return (1..<SiteSchema.known).contains(former) ? SiteSchema.Update(former: former, copy: nil) : nil
    }

    /// Makes the schema for the nodes that have the secret of this one. Within a transaction.
    static func make(on server: ServerConnection, of data: DataFolder) throws {
        try make(on: server)
        try server.execute("CREATE TABLE secret_fingerprint (fingerprint text NOT NULL)")
        try server.run("INSERT INTO secret_fingerprint VALUES (?)", data.secretFingerprint())
    }

    /// Checks, without changing anything, whether `update` would succeed.
    ///
    /// - Returns: the schema version; nil if there is no site in the database yet.
    /// - Throws: as `update`.
    static func check(_ data: DataFolder, at words: String, replacesSecret: Bool) throws -> Int? {
        let server = try ServerConnection(words)
        let found = try server.schemaVersion
        guard found <= SiteSchema.known else { throw OtherSchema(found: found, needed: SiteSchema.known) }
        guard found > 0 else {
            try requireEmptyFolder(data)
            return nil
        }
        if try found < SiteSchema.known || replacesSecret || !missing(on: server).isEmpty { try server.requireChanges() }
        if !replacesSecret { try requireSecret(of: data, on: server) }
        return found
    }

    /// A site that has worked so far must not begin anew, as an empty one, by a file of configuration.
    private static func requireEmptyFolder(_ data: DataFolder) throws {
        guard FileSystem.exists(data.database) else { return }
        throw SetupError.rowsInFile(database: data.database, clusterFile: data.clusterFile)
    }

    /// - Throws: `SetupError`: `.noSecretOfNode`, or `.otherSecret` where the other nodes have another one.
    public static func requireSecret(of data: DataFolder, on server: ServerConnection) throws {
        guard FileSystem.exists(data.secret) else { throw SetupError.noSecretOfNode(data.secret) }
        let known = try server.first("SELECT fingerprint FROM secret_fingerprint") { $0.text(0) }
        guard try known == data.secretFingerprint() else { throw SetupError.otherSecret(data.secret) }
    }

    /// Within a transaction.
    ///
    /// - Parameter former: the schema's version.
    static func migrate(_ server: ServerConnection, from former: Int) throws {
        try addMissing(on: server)
        if former < SiteSchema.known {
            for statement in try additions(from: model(former), to: model(SiteSchema.known)) { try server.execute(statement) }
            for statement in SiteSchema.migrations[former...].flatMap(\.rows) { try server.run(statement) }
            try server.run("UPDATE schema_version SET version = ?", SiteSchema.known)
        }
        if try addMissingSlots(on: server) { try renewCountingTriggers(on: server) }
    }

    /// A table, an index or a trigger of SQLite's.
    struct Definition: Equatable {
        let type, name, table, text: String
    }

    static func definitions(of type: String, in model: Connection) throws -> [Definition] {
        try model.all("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type = ? AND \(own) ORDER BY rowid", type) {
            Definition(type: $0.text(0), name: $0.text(1), table: $0.text(2), text: $0.text(3))
        }
    }

    /// The statements that make one schema of another. What columns and tables the later one has not any more stays for programs of the
    /// version before, which other nodes may still run.
    private static func additions(from former: Connection, to later: Connection) throws -> [String] {
        let (tables, formerTables) = try (definitions(of: "table", in: later), definitions(of: "table", in: former))
        var statements = tables.flatMap { table -> [String] in
            guard let before = formerTables.first(where: { $0.name == table.name }) else { return [SchemaText.translated(table.text)] }
            let known = Set(SchemaText.columns(before.text).map(\.name))
            return SchemaText.columns(table.text).filter { !known.contains($0.name) }.map { "ALTER TABLE \(table.name) ADD COLUMN \($0.text)" }
        }
        for type in ["index", "trigger"] {
            let (now, before) = try (definitions(of: type, in: later), definitions(of: type, in: former))
            statements += before.filter { old in !now.contains { isSame(old, $0) } }.map {
                type == "index" ? "DROP INDEX \($0.name)" : removal($0)
            }
            statements += now.filter { new in !before.contains { isSame($0, new) } }.map { SchemaText.translated($0.text) }
        }
        return statements
    }

    /// Of a trigger, with its function.
    static func removal(_ trigger: Definition) -> String { "DROP TRIGGER \(trigger.name) ON \(trigger.table); DROP FUNCTION \(trigger.name)()" }

    private static func isSame(_ one: Definition, _ other: Definition) -> Bool {
        one.name == other.name && SchemaText.translated(one.text) == SchemaText.translated(other.text)
    }
}
