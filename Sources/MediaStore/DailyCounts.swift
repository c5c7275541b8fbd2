// How many files came from an address on a day. One statement counts, so that uploads at the same moment are all counted.

import SQLite

extension MediaStore {
    /// - Parameters:
    ///   - address: an IPv4 address, or the network of an IPv6 one.
    ///   - day: "2025-07-04".
    public func uploads(from address: String, on day: String) throws -> Int {
        try database.first("SELECT count FROM upload_count WHERE day = ? AND address = ?", day, address) { $0.integer(0) } ?? 0
    }

    /// Counts one more.
    public func countUpload(from address: String, on day: String) throws {
        try database.run(
            "INSERT INTO upload_count VALUES (?, ?, 1) ON CONFLICT (day, address) DO UPDATE SET count = count + 1", day, address)
    }
}
