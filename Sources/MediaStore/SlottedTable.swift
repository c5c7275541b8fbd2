// The one list of the tables that have slots on a server. Statements that change a table itself set what no trigger counts, or add to it; what
// takes the place of a number has the slots added up before, in a transaction that claims `.whole`.

import Database

/// A table of counters to which triggers add.
public struct SlottedTable: Sendable {
    public let name: String
    /// The columns of its primary key.
    public let key: [String]
    /// The columns that triggers add to.
    public let sums: [String]
    /// The others.
    public let rest: [String]
    /// Slots above it are found by an index; nil for none.
    public let capacity: Int?

    private init(_ name: String, by key: [String], _ sums: [String], rest: [String] = [], capacity: Int? = nil) {
        (self.name, self.key, self.sums, self.rest, self.capacity) = (name, key, sums, rest, capacity)
    }

    static let counter = SlottedTable("counter", by: ["name"], ["value"])
    /// (What all slots of a segment hold is then at most half of its own capacity.)
    static let shelf = SlottedTable("shelf", by: ["ordering", "low_key", "low_id"], ["count"], capacity: 62)
    static let accountTotal = SlottedTable("account_total", by: ["account_id"], ["files", "bytes", "views"])
    static let typeTotal = SlottedTable("type_total", by: ["type"], ["files", "bytes"])
    static let keyTotal = SlottedTable("key_total", by: ["key_id"], ["files", "bytes"])
    static let dayCount = SlottedTable("day_count", by: ["kind", "start_at"], ["files", "bytes", "uploads", "views"], rest: ["end_at", "month"])

    public static let all = [counter, shelf, accountTotal, typeTotal, keyTotal, dayCount]

    /// Where a table, of these or another one, is read whole.
    public static func source(of table: String, in database: any Database) -> String {
        all.contains { $0.name == table } ? database.summed(table) : table
    }
}
