// Numbers of the whole site that take a while to find out. They are kept in the database, and counted anew when they are older
// than the operator wants them or a new day has begun.

import Media
import SQLite
import Time

/// Numbers of the public files. Neither the recycle bin nor thumbnails count.
public struct SiteNumbers: Sendable, Equatable {
    /// Seconds since 1970.
    public let computedAt: Int
    public let files: Int
    /// Folders in which files lie, and those in which such folders lie.
    public let folders: Int
    public let bytes: Int
    /// Files that came today, yesterday, and so on for `dayCount` days.
    public let days: [Int]

    public static let dayCount = 30
}

extension MediaStore {
    /// The numbers, at most so many hours old and of today.
    ///
    /// - Parameter now: seconds since 1970.
    public func numbers(hours: Int, now: Int = SiteTime.now.seconds) throws -> SiteNumbers {
        if let kept = try keptNumbers(), hours > 0, (0..<hours * 3600).contains(now - kept.computedAt),
           SiteDay(of: kept.computedAt) == SiteDay(of: now) { return kept }
        let numbers = try database.read { try countNumbers(now) }
        // Numbers that cannot be kept are counted again next time.
        _ = try? database.run("INSERT OR REPLACE INTO site_numbers VALUES (1, ?, ?, ?, ?, ?)", numbers.computedAt, numbers.files,
                              numbers.folders, numbers.bytes, numbers.days.map { "\($0)" }.joined(separator: ","))
        return numbers
    }

    private func keptNumbers() throws -> SiteNumbers? {
        try database.first("SELECT computed_at, files, folders, bytes, days FROM site_numbers") { row in
            SiteNumbers(computedAt: row.integer(0), files: row.integer(1), folders: row.integer(2), bytes: row.integer(3),
                        days: row.text(4).split(separator: ",").compactMap { Int($0) })
        }
    }

    private func countNumbers(_ now: Int) throws -> SiteNumbers {
        let today = SiteDay(of: now)
        let days = try (0..<SiteNumbers.dayCount).map { back in
            let seconds = today.moved(by: -back).seconds
            return try database.first(
                "SELECT COUNT(*) FROM file WHERE \(FileState.isListed) AND created_at >= ? AND created_at < ?",
                seconds.lowerBound, seconds.upperBound) { $0.integer(0) } ?? 0
        }
        let (files, bytes) = try database.first(
            "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM file NOT INDEXED WHERE \(FileState.isListed)",
            make: { ($0.integer(0), $0.integer(1)) }) ?? (0, 0)
        return SiteNumbers(computedAt: now, files: files, folders: try countFolders(), bytes: bytes, days: days)
    }

    private func countFolders() throws -> Int {
        let used = try database.all(
            "SELECT DISTINCT \(MediaStore.folderOfPath) FROM file NOT INDEXED WHERE \(FileState.isListed)") {
            $0.text(0)
        }
        var folders: Set<Substring> = []
        for folder in used {
            var rest = folder[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                if !folders.insert(rest).inserted { break }
            }
        }
        return folders.count
    }
}
