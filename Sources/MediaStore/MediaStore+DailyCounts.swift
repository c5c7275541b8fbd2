// The number of uploads from an address on a day.

import Time

extension MediaStore {
    /// The number of today's uploads.
    ///
    /// - Parameter address: an IPv4 address, or the network prefix of an IPv6 address.
    public func uploadsToday(from address: String) throws -> Int {
        try senderRows.count(on: today, from: address)
    }

    /// Counts an upload before its file is stored, so that concurrent uploads cannot exceed the limit.
    ///
    /// - Parameter limit: nil for no limit.
    /// - Returns: false if the limit is reached; nothing is counted then.
    public func countUpload(from address: String, limit: Int?) throws -> Bool {
        try senderRows.countOneMore(on: today, from: address, limit: limit ?? Int.max)
    }

    /// Reverts the count of an upload that failed.
    public func uncountUpload(from address: String) throws {
        try senderRows.countOneLess(on: today, from: address)
    }

    /// Removes the counts of past days.
    func forgetOldCounts() throws {
        let day = SiteTime(Now.seconds - 400 * 86_400).text.prefix(10)
        try senderRows.forgetCounts(before: String(day))
    }

    /// "2025-07-04", in the site's time zone.
    private var today: String { String(SiteTime.now.text.prefix(10)) }
}
