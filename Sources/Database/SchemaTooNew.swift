// A database that is not this program's, because another version of it made it or has to.

/// The database was written by a later version of the program than this one.
public struct SchemaTooNew: Error, CustomStringConvertible {
    public let found: Int
    public let known: Int

    public init(found: Int, known: Int) {
        self.found = found
        self.known = known
    }

    public var description: String {
        "the database has schema \(found), this program knows \(known): install the newer program again, or put an older copy of "
            + "the database in its place (README, \"Upgrading\")"
    }
}

/// The database waits for a migration, which only `imagebed setup` makes.
public struct SchemaTooOld: Error, CustomStringConvertible {
    public let found: Int
    public let needed: Int

    public init(found: Int, needed: Int) {
        self.found = found
        self.needed = needed
    }

    public var description: String {
        "the database has schema \(found), this program needs \(needed)"
    }
}
