// Rows for tests of lists.

import Database
@testable import MediaStore
import SiteTestSupport

extension Fixture {
    /// Counts the rows that wait, so that the tables hold all.
    func countWaiting() throws {
        while try database.write({ try store.countWaiting() }) {}
        try database.write { try store.shelves.divide() }
    }

    /// Adds rows of two accounts, with few different values in each order, so that ties are common; every seventh is a video, every tenth is
    /// unlisted.
    ///
    /// - Parameter name: the original name of a row.
    func fill(_ numbers: Range<Int>, named name: (Int) -> String) throws {
        try databases.inPieces(numbers) { number in
            try database.run(
                """
                INSERT INTO file (account_id, path, original_name, type, kind, size, sha256, sent_sha256, is_public, views, created_at)
                VALUES (?, ?, ?, ?, ?, ?, \(TestDatabase.noBytes), \(TestDatabase.noBytes), ?, ?, ?)
                """, 1 + number % 2, "2024/04/f\(number).png", name(number), number % 7 == 0 ? "mp4" : "png",
                number % 7 == 0 ? "video" : "image", number * 37 % 50, number % 10 == 0 ? 0 : 1, number % 3, 1_700_000_000 + number * 7 % 60)
        }
        try ShelfRows(database: database).divide()
        try store.derive(.names)
    }

    /// Segments of lists whose number of rows is wrong; rows that wait to be counted belong to none. (Slots may hold more rows than are divided.)
    func wrongShelves() throws -> Int {
        let most = 2_000 + (database.engine == .sqlite ? 0 : Slots.count * (SlottedTable.shelf.capacity ?? 0))
        let counted = "state = 0 AND is_public = 1 AND NOT (\(WaitingRows.condition))"
        return try ["created_at", "views", "size"].reduce(0) { sum, column in
            try sum + (database.first(
                """
                SELECT COUNT(*) FROM (SELECT *, LEAD(low_key) OVER walk AS end_key, LEAD(low_id) OVER walk AS end_id FROM \(database.summed("shelf"))
                    WHERE ordering = '\(column)' WINDOW walk AS (ORDER BY low_key, low_id)) AS one
                WHERE count > \(most) OR count <> (SELECT COUNT(*) FROM file WHERE \(counted) AND (\(column), id) >= (low_key, low_id)
                    AND (end_key IS NULL OR (\(column), id) < (end_key, end_id)))
                """) { $0.integer(0) } ?? 0)
        }
    }
}
