// The statements on the table `shelf`.
//
// Page 10,000 of a million rows must not walk 200,000 rows. The listed rows of each ordering stand on shelves: a shelf is a
// first position (key, id) and a count, kept by triggers. A page is found by adding up a few hundred counts and walking less
// than one shelf. Shelves that have grown too long are divided here, in the transaction of whoever finds them.

import Database

struct ShelfRows {
    /// A shelf with more rows is divided. The schema has an index of those shelves, with this number in it.
    static let capacity = 2000

    let database: any Database

    /// Where the row number `offset` of an ordering is: a position to start at, and the rows to skip from there.
    struct Place {
        /// The end of the shelf that the walk starts from; nil is the end of the list.
        let key: Int?
        let id: Int?
        let skip: Int
    }

    func place(of offset: Int, in order: ListOrder, descending: Bool) throws -> Place {
        // The first pages are walked to faster than counts are added up.
        if offset < Self.capacity / 2 { return Place(key: nil, id: nil, skip: offset) }
        // Walking down, a shelf is entered from above: just below the first position of the shelf before it.
        let direction = descending ? "DESC" : "ASC"
        let entry = descending ? "LAG(low_key) OVER walk, LAG(low_id) OVER walk" : "low_key, low_id"
        let found = try database.first(
            """
            SELECT * FROM (
                SELECT \(entry), SUM(count) OVER walk - count AS passed FROM shelf WHERE ordering = ?
                WINDOW walk AS (ORDER BY low_key \(direction), low_id \(direction) ROWS UNBOUNDED PRECEDING)) AS walked
            WHERE passed <= ? ORDER BY passed DESC LIMIT 1
            """, order.column, offset
        ) { Place(key: $0.optionalInteger(0), id: $0.optionalInteger(1), skip: offset - $0.integer(2)) }
        return found ?? Place(key: nil, id: nil, skip: offset)
    }

    /// Divides every shelf that is over its capacity.
    func divide() throws {
        while let (ordering, key, id) = try database.first(
            "SELECT ordering, low_key, low_id FROM shelf WHERE count > \(Self.capacity) LIMIT 1",
            make: { ($0.text(0), $0.integer(1), $0.integer(2)) }
        ) {
            try divide(ordering, key, id)
        }
    }

    private func divide(_ column: String, _ key: Int, _ id: Int) throws {
        let half = Self.capacity / 2
        guard let next = try FileRows(database: database).position(half, behind: key, id, in: column) else { return }
        try database.run(
            "INSERT INTO shelf SELECT ordering, ?, ?, count - ? FROM shelf WHERE ordering = ? AND low_key = ? AND low_id = ?",
            next.key, next.id, half, column, key, id)
        try database.run("UPDATE shelf SET count = ? WHERE ordering = ? AND low_key = ? AND low_id = ?", half, column, key, id)
    }
}
