// How long a file has been in the recycle bin is told by the clock alone, and clocks jump: a machine without a battery starts in 1970,
// a wrong one is set right. So each collection notes when it ran, and where the next one finds that far more time has passed than
// between any two, or less than none, the files in the bin keep the age that they had.

import SQLite

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
            let passed = now - (try number(MediaStore.collectedAt) ?? now)
            try set(MediaStore.collectedAt, to: now)
            let isLong = passed > (rules.recycleDays + MediaStore.longestPause) * MediaStore.day && !rules.isConfirmed
            guard passed < 0 || isLong else { return nil }
            // A day counts as one; what would be deleted tomorrow was deleted now at the latest.
            try database.run("UPDATE file SET deleted_at = MIN(deleted_at + ?, ?) WHERE \(FileState.recycled.condition) AND deleted_at IS NOT NULL",
                             max(passed - MediaStore.day, 0), now)
            guard abs(passed) > MediaStore.day else { return nil }
            try set(MediaStore.clockJumpedAt, to: now)
            return passed
        }
    }

    func number(_ name: String) throws -> Int? {
        try database.first("SELECT value FROM counter WHERE name = ?", name) { $0.integer(0) }
    }

    private func set(_ name: String, to value: Int) throws {
        try database.run("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
    }
}
