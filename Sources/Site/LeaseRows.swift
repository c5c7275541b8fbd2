// The statements on `lease`, a table of servers alone. Its times are by the server's clock, because nodes' clocks differ.

import Database

struct LeaseRows {
    let database: any Database

    private static let now = "extract(epoch FROM clock_timestamp())::bigint"

    /// - Returns: false if another node has it.
    func take(_ work: SharedWork, for node: String) throws -> Bool {
        try database.run(
            """
            INSERT INTO lease (name, node, ends_at) VALUES (?, ?, \(Self.now) + ?)
            ON CONFLICT (name) DO UPDATE SET node = excluded.node, ends_at = excluded.ends_at
                WHERE lease.node = excluded.node OR lease.ends_at < \(Self.now)
            """, work.rawValue, node, work.patience) == 1
    }

    func end(_ work: SharedWork, for node: String) throws { try database.run("DELETE FROM lease WHERE name = ? AND node = ?", work.rawValue, node) }

    func holder(of work: SharedWork) throws -> String? {
        try database.first("SELECT node FROM lease WHERE name = ? AND ends_at >= \(Self.now)", work.rawValue) { $0.text(0) }
    }
}
