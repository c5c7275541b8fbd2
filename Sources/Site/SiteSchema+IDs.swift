// What an older copy of the rows needs before the site works with it: the copy counts ids from its own last ones on, and what was handed out
// after it was made carries ids that new rows would get. A delete link binds nothing but an id, so an old one would delete a new file; and
// clients, receivers of events and forms would take a new file, conflict or session for the former one.

import Database
import PostgreSQL

extension SiteSchema {
    /// How many ids were given since the copy was made is not known any more: the import of a large site gives millions. A gap costs nothing,
    /// and ids stay below 2^31, to which some clients count, for two hundred of them. The log of attempts to sign in, whose ids nobody is told,
    /// keeps its last rows by the distance of ids (`Accounts.note`), in programs of former versions too.
    private static let gap = IDGap(10_000_000, sparing: ["sign_in"])

    /// Makes sure that no id that was given since an older copy of the database was made is given again. To be called before the site works
    /// with it; each further call opens another gap. The schema may be that of any former version, and is not migrated.
    ///
    /// - Throws: `OtherSchema` if it is newer, or there is none; `ClusterFileError`; `SetupError`; `DatabaseError`; nothing is changed then.
    public static func passOverIDs(_ data: DataFolder) throws {
        let database = try DatabasePlace(of: data).open()
        guard let server = database as? ServerConnection else { return try passOverIDs(of: database) }
        try ServerSchema.requireSecret(of: data, on: server)
        try passOverIDs(of: server)
        // What nodes did after the copy was made is not known any more either: each begins like a new one.
        if try ServerSchema.missing(on: server).allSatisfy({ !$0.hasPrefix("node.") }) { try NodeRows(database: server).forgetAll() }
    }

    static func passOverIDs(of database: any Database) throws {
        let found = try database.schemaVersion
        guard (1...known).contains(found) else { throw OtherSchema(found: found, needed: known) }
        try database.passOver(gap)
    }
}
