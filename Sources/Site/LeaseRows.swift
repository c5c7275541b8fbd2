// The statements on `lease`, a table of servers alone. Its times are by the server's clock, because nodes' clocks differ.

import Database

struct LeaseRows {
    let database: any Database

    private static let now = "extract(epoch FROM clock_timestamp())::bigint"

    /// A turn that the same node had before ends: it was interrupted, or will hear of that.
    ///
    /// - Parameter token: what only this turn has.
    /// - Returns: false if another node has it.
    func take(_ work: SharedWork, for node: String, as token: String) throws -> Bool {
        try database.run(
            """
            INSERT INTO lease (name, node, token, ends_at) VALUES (?, ?, ?, \(Self.now) + ?)
            ON CONFLICT (name) DO UPDATE SET node = excluded.node, token = excluded.token, ends_at = excluded.ends_at
                WHERE lease.node = excluded.node OR lease.ends_at < \(Self.now)
            """, work.rawValue, node, token, work.patience) == 1
    }

    /// - Returns: false if somebody else has it.
    func renew(_ work: SharedWork, _ token: String) throws -> Bool {
        try database.run("UPDATE lease SET ends_at = \(Self.now) + ? WHERE name = ? AND token = ?", work.patience, work.rawValue, token) == 1
    }

    func end(_ work: SharedWork, _ token: String) throws { try database.run("DELETE FROM lease WHERE name = ? AND token = ?", work.rawValue, token) }

    func holder(of work: SharedWork) throws -> String? {
        try database.first("SELECT node FROM lease WHERE name = ? AND ends_at >= \(Self.now)", work.rawValue) { $0.text(0) }
    }
}
