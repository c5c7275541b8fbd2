// How many files came from an address on a day.

import Time

extension MediaStore {
    /// Today's uploads.
    ///
    /// - Parameter address: an IPv4 address, or the network of an IPv6 one.
    public func uploadsToday(from address: String) throws -> Int {
        try senderRows.count(on: today, from: address)
    }

    /// Counts one more, before it is kept: of many at the same moment no more than the limit get through.
    ///
    /// - Parameter limit: nil where there is none.
    /// - Returns: false when the limit is reached; nothing is counted then.
    public func countUpload(from address: String, limit: Int?) throws -> Bool {
        try senderRows.countOneMore(on: today, from: address, limit: limit ?? Int.max)
    }

    /// Takes back one that was not kept after all.
    public func uncountUpload(from address: String) throws {
        try senderRows.countOneLess(on: today, from: address)
    }

    /// Forgets days that nobody asks about any more.
    func forgetOldCounts() throws {
        let day = SiteTime(SiteTime.now.seconds - 400 * 86_400).text.prefix(10)
        try senderRows.forgetCounts(before: String(day))
    }

    /// "2025-07-04", in the site's time zone.
    private var today: String { String(SiteTime.now.text.prefix(10)) }
}
