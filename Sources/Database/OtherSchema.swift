// The version of the database's schema differs from the one that this program needs.

/// The database has another schema: one of a later version of the program, or one that needs a migration, which only `imagebed setup` runs.
public struct OtherSchema: Error, CustomStringConvertible {
    public let found: Int
    /// The one that this program works with.
    public let needed: Int

    /// Whether a later version of the program wrote it.
    public var isNewer: Bool { found > needed }

    public init(found: Int, needed: Int) {
        self.found = found
        self.needed = needed
    }

    public var description: String {
        isNewer
            ? "the database has schema \(found), this program knows \(needed): install the newer program again, or put an older copy of "
                + "the database in its place (README, \"Upgrading\")"
            : "the database has schema \(found), this program needs \(needed)"
    }
}

extension Database {
    /// - Throws: `OtherSchema`.
    public func requireSchema(_ number: Int) throws {
        let found = try schemaVersion
        guard found == number else { throw OtherSchema(found: found, needed: number) }
    }
}
