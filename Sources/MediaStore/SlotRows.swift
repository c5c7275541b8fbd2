// The statements on the slots that counters have on a server (`SlottedTable`).

import Database

struct SlotRows {
    let database: any Database

    /// Rows of slots that one statement takes.
    private static let batch = 5_000

    /// Whether there are slots at all.
    var canBe: Bool { database.engine == .postgresql }

    /// Adds what slots hold to their counters, and removes them; does nothing where there are none.
    ///
    /// - Parameter condition: for the slots, with its values.
    /// - Returns: whether there were any; more may be left.
    @discardableResult
    func addUp(_ table: SlottedTable, where condition: String = "true", _ values: any Bindable...) throws -> Bool {
        guard canBe else { return false }
        let (slots, key) = (Slots.table(of: table.name), table.key.joined(separator: ", "))
        let sums = table.sums.map { "SUM(\($0))::bigint AS \($0)" }.joined(separator: ", ")
        let changes = try database.run(
            """
            WITH gone AS (DELETE FROM \(slots) WHERE ctid = ANY (ARRAY(SELECT ctid FROM \(slots) WHERE \(condition) LIMIT \(Self.batch)))
                    RETURNING \(key), \(table.sums.joined(separator: ", "))),
                part AS (SELECT \(key), \(sums) FROM gone GROUP BY \(key))
            UPDATE \(table.name) SET \(table.sums.map { "\($0) = \(table.name).\($0) + part.\($0)" }.joined(separator: ", "))
            FROM part WHERE \(table.key.map { "\(table.name).\($0) = part.\($0)" }.joined(separator: " AND "))
            """, with: values)
        return changes > 0
    }

    /// Adds up all of a table, in the transaction that goes on to change what the table itself holds.
    func addUpAll(_ table: SlottedTable) throws { while try addUp(table) {} }

    /// Whether a segment of a list has to be divided, or has so much in its slots that it may have to be.
    func mayDivide() throws -> Bool {
        try database.has("""
            SELECT 1 FROM shelf WHERE count > \(ShelfRows.capacity) UNION ALL SELECT 1 FROM shelf_slot WHERE count > \(Self.most) LIMIT 1
            """)
    }

    /// Adds up the segments with so much in a slot.
    func addUpFullShelves() throws {
        let key = SlottedTable.shelf.key.joined(separator: ", ")
        while try addUp(.shelf, where: "(\(key)) IN (SELECT \(key) FROM shelf_slot WHERE count > \(Self.most))") {}
    }

    /// Adds up one segment.
    func addUpShelf(_ ordering: String, _ key: Int, _ id: Int) throws {
        try addUp(.shelf, where: "ordering = ? AND low_key = ? AND low_id = ?", ordering, key, id)
    }

    private static let most = SlottedTable.shelf.capacity ?? 0
}
