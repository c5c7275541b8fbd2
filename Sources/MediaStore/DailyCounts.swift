// How many files came from an address on a day. One statement counts, so that uploads at the same moment are all counted.

import SQLite

extension MediaStore {
    /// Today's uploads.
    ///
    /// - Parameter address: an IPv4 address, or the network of an IPv6 one.
    public func uploadsToday(from address: String) throws -> Int {
        try database.first("SELECT count FROM upload_count WHERE day = ? AND address = ?", today, address) { $0.integer(0) } ?? 0
    }

    /// Counts one more.
    public func countUpload(from address: String) throws {
        try database.run(
            "INSERT INTO upload_count VALUES (?, ?, 1) ON CONFLICT (day, address) DO UPDATE SET count = count + 1", today, address)
    }

    /// Forgets days that nobody asks about any more.
    func forgetOldCounts() throws {
        let day = SiteTime(SiteTime.now.seconds - 400 * 86_400).text.prefix(10)
        try database.run("DELETE FROM upload_count WHERE day < ?", String(day))
    }

    /// "2025-07-04", in the site's time zone.
    private var today: String { String(SiteTime.now.text.prefix(10)) }
}
