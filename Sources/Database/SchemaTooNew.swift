// The version of the database's schema differs from the one that this program needs.

/// The database was written by a later version of the program.
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

/// The database needs a migration, which only `imagebed setup` runs.
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
