// The statements on the table `shelf`: row counts by segments of the lists.
//
// Page 10,000 of a million rows must not scan 200,000 rows. Each ordering of the listed rows is divided into segments ("shelves"): a row
// holds the segment's first position (key, id) and its number of rows, which triggers update; the newest rows are not in them yet
// (`WaitingRows`). A page is found by adding up a few hundred counts and scanning less than one segment. Segments that have grown too long are split here, in the transaction that made them grow.

import Database

struct ShelfRows {
    /// Maximum rows of a segment. The schema has a partial index of longer ones that contains this number.
    static let capacity = 2000

    let database: any Database

    /// Where to start scanning for a page: a position, and the number of rows to skip from there.
    struct Start {
        /// The position; nil is the end of the list.
        let key: Int?
        let id: Int?
        let skip: Int
    }

    func start(of offset: Int, in order: ListOrder, descending: Bool) throws -> Start {
        // For the first pages, scanning is faster than adding up counts.
        if offset < Self.capacity / 2 { return Start(key: nil, id: nil, skip: offset) }
        let waiting = WaitingRows(database: database)
        // Wherever the rows are that wait: a segment that all of them together with those before it do not carry behind the page begins before it.
        let all = try waiting.listedCount()
        let start = try counted(offset - all, in: order, descending: descending)
        guard let key = start.key, let id = start.id else { return Start(key: nil, id: nil, skip: offset) }
        let passed = all == 0 ? 0 : try waiting.listedCount(in: order, isAbove: descending, key, id)
        return Start(key: key, id: id, skip: offset - start.passed - passed)
    }

    /// - Returns: where the last segment begins that has at most so many counted rows before it, and their number.
    private func counted(_ offset: Int, in order: ListOrder, descending: Bool) throws -> (key: Int?, id: Int?, passed: Int) {
        // In descending order, a segment is entered from its end: just below the first position of the segment that precedes it here.
        let direction = descending ? "DESC" : "ASC"
        let entry = descending ? "LAG(low_key) OVER walk, LAG(low_id) OVER walk" : "low_key, low_id"
        return try database.first(
            """
            SELECT * FROM (
                SELECT \(entry), SUM(count) OVER walk - count AS passed FROM \(database.summed("shelf")) WHERE ordering = ?
                WINDOW walk AS (ORDER BY low_key \(direction), low_id \(direction) ROWS UNBOUNDED PRECEDING)) AS walked
            WHERE passed <= ? ORDER BY passed DESC LIMIT 1
            """, order.column, offset
        ) { ($0.optionalInteger(0), $0.optionalInteger(1), $0.integer(2)) } ?? (nil, nil, 0)
    }

    /// Counts new rows of a list, given by their keys and ids.
    func add(_ places: [(key: Int, id: Int)], in order: ListOrder) throws {
        var places = places.sorted { $0 < $1 }[...]
        let ends = try database.all("SELECT low_key, low_id FROM shelf WHERE ordering = ? ORDER BY low_key, low_id", order.column) {
            (key: $0.integer(0), id: $0.integer(1))
        }
        for (shelf, end) in zip(ends, ends.dropFirst().map { Optional($0) } + [nil]) {
            let here = places.prefix { place in end.map { place < $0 } ?? true }
            guard !here.isEmpty else { continue }
            places = places.dropFirst(here.count)
            try database.run("UPDATE shelf SET count = count + ? WHERE ordering = ? AND low_key = ? AND low_id = ?",
                             here.count, order.column, shelf.key, shelf.id)
        }
    }

    /// (Put together once: every upload needs it.)
    private static let overlong = "SELECT ordering, low_key, low_id FROM shelf WHERE count > \(capacity) LIMIT 1"

    /// Splits every segment that is over its capacity.
    func divide() throws {
        let slots = SlotRows(database: database)
        if slots.canBe {
            guard try slots.mayDivide() else { return }
            try slots.addUpFullShelves()
        }
        while let (ordering, key, id) = try database.first(Self.overlong, make: { ($0.text(0), $0.integer(1), $0.integer(2)) }) {
            try divide(ordering, key, id, slots)
        }
    }

    private func divide(_ column: String, _ key: Int, _ id: Int, _ slots: SlotRows) throws {
        let half = Self.capacity / 2
        if slots.canBe { guard try slots.addUpShelf(column, key, id) else { return } }
        guard let next = try FileRows(database: database).position(half, behind: key, id, in: column) else { return }
        try database.run(
            "INSERT INTO shelf SELECT ordering, ?, ?, count - ? FROM shelf WHERE ordering = ? AND low_key = ? AND low_id = ?",
            next.key, next.id, half, column, key, id)
        try database.run("UPDATE shelf SET count = ? WHERE ordering = ? AND low_key = ? AND low_id = ?", half, column, key, id)
    }
}
