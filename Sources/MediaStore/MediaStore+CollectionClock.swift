// How long a file has been in the recycle bin is told by the clock alone, and clocks jump: a machine without a battery starts in 1970,
// a wrong one is set right. So each collection notes when it ran, and where the next one finds that far more time has passed than
// between any two, or less than none, the files in the bin keep the age that they had.

import Database


extension MediaStore {
    /// Names in the table `counter`: when the last collection was, and when the clock jumped, both in seconds since 1970.
    private static let collectedAt = "collected_at"
    static let clockJumpedAt = "clock_jumped_at"
    /// Days between two collections, beyond those that files stay in the bin, that are no jump: a server can have been off.
    private static let longestPause = 60
    private static let day = 86_400

    /// - Returns: seconds of a jump, nil for none.
    func settleClock(_ now: Int, _ rules: GarbageRules) throws -> Int? {
        try database.write {
            let passed = now - (try counters.value(MediaStore.collectedAt) ?? now)
            try counters.set(MediaStore.collectedAt, to: now)
            let isLong = passed > (rules.recycleDays + MediaStore.longestPause) * MediaStore.day && !rules.isConfirmed
            guard passed < 0 || isLong else { return nil }
            // A day counts as one; what would be deleted tomorrow was deleted now at the latest.
            try rows.rejuvenate(by: max(passed - MediaStore.day, 0), now: now)
            guard abs(passed) > MediaStore.day else { return nil }
            try counters.set(MediaStore.clockJumpedAt, to: now)
            return passed
        }
    }
}
