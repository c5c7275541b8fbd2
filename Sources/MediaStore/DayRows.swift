// The statements on the table `day_count`. Its triggers count in the row of the day, so that row has to be there before.

import Database
import Media
import Time

struct DayRows {
    let database: any Database

    private var whole: String { database.summed("day_count") }

    /// Makes sure that the day of a time has its row.
    func open(_ kind: MediaKind, at seconds: Int) throws { try open(kind, SiteDay(of: seconds).seconds) }

    private func open(_ kind: MediaKind, _ day: Range<Int>) throws {
        try database.run(
            """
            INSERT INTO day_count (kind, start_at, end_at, month, files, bytes, uploads, views) VALUES (?, ?, ?, ?, 0, 0, 0, 0)
            ON CONFLICT (kind, start_at) DO NOTHING
            """, kind.rawValue, day.lowerBound, day.upperBound, MonthCount.number(of: SiteDay(of: day.lowerBound)))
    }

    func add(_ count: DayCount) throws {
        try open(count.kind, count.seconds)
        try database.run(
            """
            UPDATE day_count SET files = files + ?, bytes = bytes + ?, uploads = uploads + ?, views = views + ?
            WHERE kind = ? AND start_at = ?
            """, count.files, count.bytes, count.uploads, count.views, count.kind.rawValue, count.seconds.lowerBound)
    }

    /// Days with rows that begin in a range of seconds, oldest first.
    func days(_ seconds: Range<Int>) throws -> [DayCount] {
        try database.all(
            """
            SELECT kind, start_at, end_at, files, bytes, uploads, views FROM \(whole)
            WHERE kind IN ('image', 'video') AND start_at >= ? AND start_at < ? ORDER BY start_at, kind
            """, seconds.lowerBound, seconds.upperBound
        ) { row in
            DayCount(MediaKind(rawValue: row.text(0)) ?? .image, row.integer(1)..<row.integer(2), files: row.integer(3), bytes: row.integer(4),
                     uploads: row.integer(5), views: row.integer(6))
        }
    }

    /// The months with listed files, newest first.
    func months() throws -> [MonthCount] {
        try database.all("SELECT month, SUM(files) FROM \(whole) GROUP BY month HAVING SUM(files) > 0 ORDER BY month DESC") {
            MonthCount(number: $0.integer(0), files: $0.integer(1))
        }
    }

    /// Empties what the rows of `file` tell once more. Views stay: no other table knows their days.
    func emptyDerived() throws {
        try SlotRows(database: database).addUpAll(.dayCount)
        try database.run("UPDATE day_count SET files = 0, bytes = 0, uploads = 0")
    }

    /// Removes all rows but for views, which go to the days of the site's time zone: to the one that holds the middle of the former day.
    func divideAnew() throws {
        let former = try days(Int.min..<Int.max)
        try database.run("DELETE FROM day_count")
        for day in former where day.views > 0 {
            let middle = day.seconds.lowerBound + day.seconds.count / 2
            try add(DayCount(day.kind, SiteDay(of: middle).seconds, views: day.views))
        }
    }
}
