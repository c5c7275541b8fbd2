// The statements on `node`, `removal` and `settings_version`, tables of servers alone: what one node changed and others follow. Times are by the
// server's clock. (Whoever writes has the whole database, so ids are in the order of commits: behind one that was seen none comes up later.)

import Database

struct NodeRows {
    let database: any Database

    private static let now = "extract(epoch FROM clock_timestamp())::bigint"

    /// How far the site is, and how far this node has followed.
    struct State {
        /// The id of the last removal, and the settings' version.
        let lastRemoval, settings: Int
        /// The same as this node has followed; nil for a node that is new or was forgotten.
        let own: (removal: Int, settings: Int)?
    }

    func state(of node: String) throws -> State? {
        try database.first(
            """
            SELECT (SELECT COALESCE(MAX(id), 0) FROM removal), version, node.removal, node.settings
                FROM settings_version LEFT JOIN node ON name = ?
            """, node) { row in
            let own = row.optionalInteger(2).flatMap { removal in row.optionalInteger(3).map { (removal: removal, settings: $0) } }
            return State(lastRemoval: row.integer(0), settings: row.integer(1), own: own)
        }
    }

    func removals(after id: Int, atMost count: Int) throws -> [(id: Int, path: String)] {
        try database.all("SELECT id, path FROM removal WHERE id > ? ORDER BY id LIMIT ?", id, count) { (id: $0.integer(0), path: $0.text(1)) }
    }

    func note(_ node: String, removal: Int, settings: Int) throws {
        try database.run(
            """
            INSERT INTO node (name, removal, settings, seen_at) VALUES (?, ?, ?, \(Self.now))
            ON CONFLICT (name) DO UPDATE SET removal = excluded.removal, settings = excluded.settings, seen_at = excluded.seen_at
            """, node, removal, settings)
    }

    /// Seconds since a node was last seen; nil if it never was.
    func silence(of node: String) throws -> Int? { try database.first("SELECT \(Self.now) - seen_at FROM node WHERE name = ?", node) { $0.integer(0) } }

    /// The names of all nodes that followed lately.
    func names() throws -> [String] { try database.all("SELECT name FROM node ORDER BY name") { $0.text(0) } }

    func forgetAll() throws { try database.run("DELETE FROM node") }

    /// Forgets nodes that were not seen for some time, then what all others have followed.
    func tidy(after seconds: Int) throws {
        try database.write {
            try database.run("DELETE FROM node WHERE seen_at < \(Self.now) - ?", seconds)
            try database.run("DELETE FROM removal WHERE id <= (SELECT MIN(removal) FROM node) OR at < \(Self.now) - ?", seconds)
        }
    }
}
