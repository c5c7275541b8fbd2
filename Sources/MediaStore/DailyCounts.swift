// How many files came from an address on a day. One statement counts, so that uploads at the same moment are all counted.

import SQLite
import Time

extension MediaStore {
    /// Today's uploads.
    ///
    /// - Parameter address: an IPv4 address, or the network of an IPv6 one.
    public func uploadsToday(from address: String) throws -> Int {
        try database.first("SELECT count FROM upload_count WHERE day = ? AND address = ?", today, address) { $0.integer(0) } ?? 0
    }

    /// Counts one more, before it is kept: of many at the same moment no more than the limit get through.
    ///
    /// - Parameter limit: nil where there is none.
    /// - Returns: false when the limit is reached; nothing is counted then.
    public func countUpload(from address: String, limit: Int?) throws -> Bool {
        try database.run(
            """
            INSERT INTO upload_count VALUES (?, ?, 1)
            ON CONFLICT (day, address) DO UPDATE SET count = count + 1 WHERE count < ?
            """, today, address, limit ?? Int.max) == 1
    }

    /// Takes back one that was not kept after all.
    public func uncountUpload(from address: String) throws {
        try database.run("UPDATE upload_count SET count = count - 1 WHERE day = ? AND address = ? AND count > 0", today, address)
    }

    /// Forgets days that nobody asks about any more.
    func forgetOldCounts() throws {
        let day = SiteTime(SiteTime.now.seconds - 400 * 86_400).text.prefix(10)
        try database.run("DELETE FROM upload_count WHERE day < ?", String(day))
    }

    /// "2025-07-04", in the site's time zone.
    private var today: String { String(SiteTime.now.text.prefix(10)) }
}
