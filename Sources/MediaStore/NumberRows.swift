// The statements on the table `site_numbers`, which has one row.

import Database

struct NumberRows {
    let database: any Database

    func kept() throws -> SiteNumbers? {
        try database.first("SELECT computed_at, files, folders, bytes, days FROM site_numbers") { row in
            SiteNumbers(computedAt: row.integer(0), files: row.integer(1), folders: row.integer(2), bytes: row.integer(3),
                        days: row.text(4).split(separator: ",").compactMap { Int($0) })
        }
    }

    func keep(_ numbers: SiteNumbers) throws {
        try database.run(
            """
            INSERT INTO site_numbers VALUES (1, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET computed_at = excluded.computed_at, files = excluded.files, folders = excluded.folders,
                bytes = excluded.bytes, days = excluded.days
            """, numbers.computedAt, numbers.files, numbers.folders, numbers.bytes,
            numbers.days.map { "\($0)" }.joined(separator: ","))
    }
}
