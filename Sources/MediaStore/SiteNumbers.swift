// Statistics of the whole site that are slow to compute. They are cached in the database, and computed again when they are older than
// the settings allow or a new day has begun.

import Database
import Media
import Time

/// Statistics of the public files, without the recycle bin and thumbnails.
public struct SiteNumbers: Sendable, Equatable {
    /// Seconds since 1970.
    public let computedAt: Int
    public let files: Int
    /// Folders that contain files, and their parents.
    public let folders: Int
    public let bytes: Int
    /// Files uploaded today, yesterday, and so on for `dayCount` days.
    public let days: [Int]

    public static let dayCount = 30
}

extension MediaStore {
    /// The statistics, from the cache if it is from today and at most `hours` old.
    ///
    /// - Parameter now: seconds since 1970.
    public func numbers(hours: Int, now: Int = Now.seconds) throws -> SiteNumbers {
        if let kept = try numberRows.kept(), hours > 0, (0..<hours * 3600).contains(now - kept.computedAt),
           SiteDay(of: kept.computedAt) == SiteDay(of: now) { return kept }
        let numbers = try database.read { try countNumbers(now) }
        // If they cannot be stored, the next call computes them again.
        _ = try? numberRows.keep(numbers)
        return numbers
    }

    private var numberRows: NumberRows { NumberRows(database: database) }

    private func countNumbers(_ now: Int) throws -> SiteNumbers {
        let today = SiteDay(of: now)
        let days = try (0..<SiteNumbers.dayCount).map { back in
            try rows.listedCount(today.moved(by: -back).seconds)
        }
        let (files, bytes) = try rows.listedTotal()
        return SiteNumbers(computedAt: now, files: files, folders: try countFolders(), bytes: bytes, days: days)
    }

    private func countFolders() throws -> Int {
        var folders: Set<Substring> = []
        for folder in try rows.listedFolders() {
            var rest = folder[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                if !folders.insert(rest).inserted { break }
            }
        }
        return folders.count
    }
}
