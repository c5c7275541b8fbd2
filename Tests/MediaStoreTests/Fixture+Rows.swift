// Rows for tests of lists.

@testable import MediaStore
import SiteTestSupport

extension Fixture {
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
}
