// The statements on the slots that counters have on a server (`SlottedTable`).

import Database

struct SlotRows {
    let database: any Database

    /// The most rows of slots that one statement takes.
    static let batch = 5_000

    /// Whether there are slots at all.
    var canBe: Bool { database.engine == .postgresql }

    /// Adds what slots hold to their counters, and removes them; does nothing where there are none.
    ///
    /// - Parameter condition: for the slots, with its values.
    /// - Returns: how many rows of slots there were; where it is `batch`, more may be left.
    @discardableResult
    func addUp(_ table: SlottedTable, where condition: String = "true", _ values: any Bindable...) throws -> Int {
        guard canBe else { return 0 }
        let (slots, key) = (Slots.table(of: table.name), table.key.joined(separator: ", "))
        let sums = table.sums.map { "SUM(\($0))::bigint AS \($0)" }.joined(separator: ", ")
        var count = 0
        try database.each(
            """
            WITH gone AS (DELETE FROM \(slots) WHERE ctid = ANY (ARRAY(SELECT ctid FROM \(slots) WHERE \(condition) LIMIT \(Self.batch)))
                    RETURNING \(key), \(table.sums.joined(separator: ", "))),
                part AS (SELECT \(key), \(sums) FROM gone GROUP BY \(key))
            UPDATE \(table.name) SET \(table.sums.map { "\($0) = \(table.name).\($0) + part.\($0)" }.joined(separator: ", "))
            FROM part WHERE \(table.key.map { "\(table.name).\($0) = part.\($0)" }.joined(separator: " AND "))
            RETURNING (SELECT COUNT(*) FROM gone)
            """, with: values) { row in
            count = row.integer(0)
            return false
        }
        return count
    }

    /// Adds up all of a table, in the transaction that goes on to change what the table itself holds.
    func addUpAll(_ table: SlottedTable) throws { while try addUp(table) > 0 {} }

    /// Whether a segment of a list has to be divided, or has so much in its slots that it may have to be.
    func mayDivide() throws -> Bool {
        try database.has("""
            SELECT 1 FROM shelf WHERE count > \(ShelfRows.capacity) UNION ALL SELECT 1 FROM shelf_slot WHERE count > \(Self.most) LIMIT 1
            """)
    }

    /// Adds up the segments with so much in a slot.
    func addUpFullShelves() throws {
        let key = SlottedTable.shelf.key.joined(separator: ", ")
        while try addUp(.shelf, where: "(\(key)) IN (SELECT \(key) FROM shelf_slot WHERE count > \(Self.most))") > 0 {}
    }

    /// Adds up one segment.
    ///
    /// - Returns: whether it is to be divided even so. (Others may have deleted what made it too long.)
    func addUpShelf(_ ordering: String, _ key: Int, _ id: Int) throws -> Bool {
        let isSegment = "ordering = ? AND low_key = ? AND low_id = ?"
        try addUp(.shelf, where: isSegment, ordering, key, id)
        return try database.has("SELECT 1 FROM shelf WHERE \(isSegment) AND count > \(ShelfRows.capacity)", ordering, key, id)
    }

    private static let most = SlottedTable.shelf.capacity ?? 0
}
