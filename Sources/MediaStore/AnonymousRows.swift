// The statements on uploads without an account. Ids rise with the time of uploads.

import Database

/// What the limits of numbers and bytes look at.
struct AnonymousUpload {
    let id: Int
    let size: Int
}

struct AnonymousRows {
    let database: any Database

    /// Not deleted, and not imported: what was has nothing that was sent, whatever its bytes are by now (`FileRows.setContent`). (The unary plus keeps SQLite from finding all of them by an index before the first is looked at.)
    private static let isAnonymous = "+account_id IS NULL AND +\(FileRows.isKept) AND length(sent_sha256) > 0"

    func total() throws -> (files: Int, bytes: Int) {
        try database.first("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM file WHERE \(Self.isAnonymous)") { (files: $0.integer(0), bytes: $0.integer(1)) }
            ?? (0, 0)
    }

    /// The oldest of those behind an id.
    func oldest(after id: Int, atMost count: Int) throws -> [AnonymousUpload] {
        try database.all("SELECT id, size FROM file WHERE id > ? AND \(Self.isAnonymous) ORDER BY id LIMIT ?", id, count) {
            AnonymousUpload(id: $0.integer(0), size: $0.integer(1))
        }
    }

    /// Those behind an id that were uploaded at a moment or before. (Where the clock was wrong they are anywhere among the younger ones.)
    func uploaded(until moment: Int, after id: Int, atMost count: Int) throws -> [Int] {
        try database.all("SELECT id FROM file WHERE id > ? AND +created_at <= ? AND \(Self.isAnonymous) ORDER BY id LIMIT ?", id, moment, count) { $0.integer(0) }
    }
}
