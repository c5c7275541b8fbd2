// The statements that look for files by their end.

import Database
import Media

struct ExpiryRows {
    let database: any Database

    private static let columns = StoredFile.columns

    /// Files whose time is over and that are not deleted, the first to end first.
    ///
    /// - Parameter place: those behind it only.
    func due(at moment: Int, after place: (end: Int, id: Int), atMost count: Int) throws -> [StoredFile] {
        try database.all(
            """
            SELECT \(Self.columns) FROM file WHERE expires_at <= ?1 AND (expires_at, id) > (?2, ?3) AND \(FileRows.isKept)
            ORDER BY expires_at, id LIMIT ?4
            """, moment, place.end, place.id, count) { try StoredFile($0) }
    }

    /// Files in the recycle bin whose time is over, and that were deleted before it was.
    func dueInBin(at moment: Int, atMost count: Int) throws -> [(id: Int, name: String?)] {
        try database.all(
            """
            SELECT id, recycled_name FROM file WHERE expires_at <= ? AND \(FileState.recycled.condition) AND deleted_at < expires_at
            ORDER BY expires_at, id LIMIT ?
            """, moment, count) { (id: $0.integer(0), name: $0.optionalText(1)) }
    }

    /// The number of files whose time was over by then and that are not gone, and the one that ended first.
    func overdue(at moment: Int) throws -> (count: Int, first: String?) {
        try database.first("SELECT COUNT(*), MIN(path) FROM file WHERE expires_at <= ? AND NOT \(FileState.recycled.condition)", moment) {
            ($0.integer(0), $0.optionalText(1))
        } ?? (0, nil)
    }
}
