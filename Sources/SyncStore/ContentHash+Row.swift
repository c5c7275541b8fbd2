// Reads hashes from rows; an invalid hash means that the database is damaged.

import Database
import SyncRules

extension ContentHash {
    /// The hash in a column, or nil for NULL.
    init?(row: Row, _ column: Int) throws {
        if row.isNull(column) { return nil }
        try self.init(stored: row.blob(column))
    }

    /// - Throws: `SyncError.damaged` if it is not a SHA-256.
    init(stored bytes: [UInt8]) throws {
        guard let hash = ContentHash(bytes: bytes) else { throw SyncError.damaged("a content hash of \(bytes.count) bytes") }
        self = hash
    }
}
