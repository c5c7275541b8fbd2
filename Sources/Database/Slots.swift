// Whoever adds to a counter's row keeps it locked until the commit is on disk, so that all uploads would wait for each other. On a server triggers
// add to one of several rows beside it instead, its slots: to the one of the server's process that works for the connection.

/// What the slots of a table of counters are called on a server.
public enum Slots {
    /// How many a row has.
    public static let count = 16
    /// Which one a row of the slots' table is.
    public static let column = "slot"

    /// The table of the slots.
    public static func table(of table: String) -> String { "\(table)_slot" }

    /// The view of what the table and its slots come to.
    public static func sum(of table: String) -> String { "\(table)_sum" }
}

extension Database {
    /// Where a table of counters is read. (SQLite has one writer at a time, and no slots.)
    public func summed(_ table: String) -> String { engine == .sqlite ? table : Slots.sum(of: table) }
}
