// The recycle bin's expiry depends on the system clock, and clocks jump: a machine without a battery starts in 1970, a wrong clock is
// corrected. So each collection stores when it ran. If the time since then is negative or implausibly long, files in the bin keep the
// age that they had.

import Database


extension MediaStore {
    /// Names in the table `counter`: the last collection, and the last jump of the clock, both in seconds since 1970.
    private static let collectedAt = "collected_at"
    static let clockJumpedAt = "clock_jumped_at"
    /// Days between two collections, in addition to the days until expiry, that are plausible: a server may have been off.
    private static let longestPause = 60
    private static let day = 86_400

    /// When the last collection ran, in seconds since 1970; nil if none ever did.
    public func lastCollection() throws -> Int? { try counters.value(MediaStore.collectedAt) }

    /// - Returns: the seconds of a jump; nil if there was none.
    func settleClock(_ now: Int, _ rules: GarbageRules) throws -> Int? {
        try database.write {
            let passed = now - (try counters.value(MediaStore.collectedAt) ?? now)
            try counters.set(MediaStore.collectedAt, to: now)
            let isLong = passed > (rules.recycleDays + MediaStore.longestPause) * MediaStore.day && !rules.isConfirmed
            guard passed < 0 || isLong else { return nil }
            // One day of the difference counts as real time, as between two daily collections.
            try rows.rejuvenate(by: max(passed - MediaStore.day, 0), now: now)
            guard abs(passed) > MediaStore.day else { return nil }
            try counters.set(MediaStore.clockJumpedAt, to: now)
            return passed
        }
    }
}
