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
    /// Numbers of files by type and by key.
    case totals
}

/// What is needed of a row of `file` to derive something from it.
struct DerivingRow {
    let id: Int
    let kind: MediaKind
    let type: MediaType
    let owner: Int?
    let key: Int?
    let createdAt: Int
    let size: Int
    let views: Int
    let isKept: Bool
    let isListed: Bool
    /// Whether its bytes came by an upload of their own, and are not those that another file had before it was replaced.
    let isUpload: Bool
    let names: FileNames
}

extension DerivingRow {
    /// The row that was inserted for a file.
    init(id: Int, of file: AdoptedFile) {
        let isKept = file.recycledName == nil
        self.init(id: id, kind: file.facts.type.kind, type: file.facts.type, owner: file.owner, key: nil, createdAt: file.createdAt,
                  size: file.size, views: 0, isKept: isKept, isListed: isKept, isUpload: true,
                  names: FileNames(original: file.originalName.text, path: file.path.text))
    }
}

struct DerivingRows {
    let database: any Database

    /// The first id that is not derived yet; `Int.max` when all are.
    func next(_ derived: Derived) throws -> Int {
        try database.first("SELECT next_id FROM derived WHERE name = ?", derived.rawValue) { $0.integer(0) } ?? .max
    }

    /// Where rows are inserted in another order than that of their ids, the first one counts.
    func lowerNext(_ derived: Derived, to id: Int) throws {
        try database.run("UPDATE derived SET next_id = ?1 WHERE name = ?2 AND next_id > ?1", id, derived.rawValue)
    }

    func setNext(_ derived: Derived, to id: Int) throws { try database.run("UPDATE derived SET next_id = ? WHERE name = ?", id, derived.rawValue) }

    /// - Parameters:
    ///   - id: the first one.
    ///   - end: the first one that is left out.
    func rows(from id: Int, before end: Int = .max, atMost count: Int) throws -> [DerivingRow] {
        try database.all(
            """
            SELECT id, kind, type, account_id, key_id, created_at, size, views, CASE WHEN \(FileRows.isKept) THEN 1 ELSE 0 END,
                CASE WHEN \(FileState.isListed) THEN 1 ELSE 0 END, CASE WHEN former_of IS NULL THEN 1 ELSE 0 END, original_name, path FROM file
            WHERE id >= ? AND id < ? ORDER BY id LIMIT ?
            """, id, end, count
        ) { row in
            DerivingRow(id: row.integer(0), kind: MediaKind(rawValue: row.text(1)) ?? .image, type: MediaType(rawValue: row.text(2)) ?? .jpeg,
                        owner: row.optionalInteger(3), key: row.optionalInteger(4), createdAt: row.integer(5), size: row.integer(6), views: row.integer(7),
                        isKept: row.integer(8) != 0, isListed: row.integer(9) != 0, isUpload: row.integer(10) != 0,
                        names: FileNames(original: row.text(11), path: row.text(12)))
        }
    }

    /// Whether there are more than so many rows from an id on.
    func isAny(behind count: Int, from id: Int) throws -> Bool {
        try database.has("SELECT id FROM file WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?", id, count)
    }

    func lastID() throws -> Int { try database.first("SELECT COALESCE(MAX(id), 0) FROM file") { $0.integer(0) } ?? 0 }
}
