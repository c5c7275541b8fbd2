// What `imagebed move` copies: the tables that SQLite's migrations describe, with their columns. The index of names is each engine's own and is
// made anew; what belongs to nodes stays behind.

import Database

/// A table of a site, of whatever engine.
struct MovedTable: Sendable {
    struct Column: Sendable {
        let name: String
        let type: ColumnType
        /// Its place among those of the primary key, counted from 1; 0 for one that is not of it.
        let keyPlace: Int
    }

    let name: String
    let columns: [Column]

    /// Indexes of the columns of the primary key, in its order. Every table has one.
    var key: [Int] { columns.indices.filter { columns[$0].keyPlace > 0 }.sorted { columns[$0].keyPlace < columns[$1].keyPlace } }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

/// A value of a row as it is copied.
struct MovedValue: Bindable {
    static let columnType = ColumnType.text
    let binding: Binding
}

/// What rows are called where they are moved to. Counters of one machine have its name on a server (`Site.node`).
struct MovedNames: Sendable {
    /// Of this machine; nil for rows that stay as they are.
    let node: String?
    let isForServer: Bool

    static let same = MovedNames(node: nil, isForServer: false)
    private static let starts = ["view_log inode ", "view_log_inode", "view_log_offset", "last_end tally"]

    /// - Returns: nil for a row that stays behind.
    func name(_ name: String, of table: MovedTable) -> String? {
        guard let node, table.name == "counter", Self.starts.contains(where: name.hasPrefix) else { return name }
        let end = "@\(node)", isOfNode = name.hasSuffix(end)
        // Another node's, which goes on with it when it is back.
        if name.contains("@"), !isOfNode { return name }
        // (What has its new name already is left over: of a former node that had the name of this one, or of nobody.)
        if isForServer { return isOfNode ? nil : name + end }
        return isOfNode ? String(name.dropLast(end.count)) : nil
    }
}
