// The statements for what is derived from the rows of `file` and was not always there. A migration makes the tables empty; rows of before
// are added in the background, in order of ids, and `derived.next_id` tells how far that is. Rows below it are kept up to date with each
// change; rows from it on are not in the derived tables yet.

import Database
import Media

/// A table that is derived from the rows of `file`.
public enum Derived: String, CaseIterable, Sendable {
    /// Numbers of days.
    case days
    /// The index of names.
    case names
}

/// What is needed of a row of `file` to derive something from it.
struct DerivingRow {
    let id: Int
    let kind: MediaKind
    let createdAt: Int
    let size: Int
    let isListed: Bool
    let names: FileNames
}

struct DerivingRows {
    let database: any Database

    /// The first id that is not derived yet; `Int.max` when all are.
    func next(_ derived: Derived) throws -> Int {
        try database.first("SELECT next_id FROM derived WHERE name = ?", derived.rawValue) { $0.integer(0) } ?? .max
    }

    func setNext(_ derived: Derived, to id: Int) throws { try database.run("UPDATE derived SET next_id = ? WHERE name = ?", id, derived.rawValue) }

    func rows(from id: Int, atMost count: Int) throws -> [DerivingRow] {
        try database.all(
            """
            SELECT id, kind, created_at, size, CASE WHEN \(FileState.isListed) THEN 1 ELSE 0 END, original_name, path FROM file
            WHERE id >= ? ORDER BY id LIMIT ?
            """, id, count
        ) { row in
            DerivingRow(id: row.integer(0), kind: MediaKind(rawValue: row.text(1)) ?? .image, createdAt: row.integer(2), size: row.integer(3),
                        isListed: row.integer(4) != 0, names: FileNames(original: row.text(5), path: row.text(6)))
        }
    }

    func lastID() throws -> Int { try database.first("SELECT COALESCE(MAX(id), 0) FROM file") { $0.integer(0) } ?? 0 }
}
