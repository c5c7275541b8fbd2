// The statements on `move_mark` and `move_copy`, which are there during a move alone (`MoveSchema`).

import Database
import Time

/// What the database that is left says of a move.
public struct MoveMark: Sendable, Equatable {
    /// What no other move has.
    public let id: String
    /// The machine that began it.
    public let node: String
    /// "cluster.conf" or "local".
    public let target: String
    /// Seconds since 1970.
    public let beganAt: Int
}

struct MoveRows {
    let database: any MovableDatabase

    func mark() throws -> MoveMark? {
        guard try database.tableNames.contains(MoveSchema.mark) else { return nil }
        return try database.first("SELECT id, node, target, began_at FROM move_mark") {
            MoveMark(id: $0.text(0), node: $0.text(1), target: $0.text(2), beganAt: $0.integer(3))
        }
    }

    func insert(_ mark: MoveMark) throws {
        try database.run("INSERT INTO move_mark VALUES (?, ?, ?, ?)", mark.id, mark.node, mark.target, mark.beganAt)
    }

    /// Whether the rows are a whole copy of a move.
    ///
    /// - Returns: nil if they are not; whether it was handed over, so that somebody may have written to it.
    func copy(of move: String) throws -> Bool? {
        guard try database.tableNames.contains(MoveSchema.copy) else { return nil }
        return try database.first("SELECT is_handed_over FROM move_copy WHERE id = ?", move) { $0.integer(0) != 0 }
    }

    func insertCopy(of move: String) throws { try database.run("INSERT INTO move_copy VALUES (?, 0)", move) }

    func handOver(_ move: String) throws { try database.run("UPDATE move_copy SET is_handed_over = 1 WHERE id = ?", move) }
}
