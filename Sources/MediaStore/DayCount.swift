// Numbers of a day of the site's time zone. A list of a million files cannot be counted for each page, so the database counts along:
// triggers on `file`, in the transaction that changes a row.

import Media
import Time

/// What is known of one day, for pictures or for videos.
public struct DayCount: Equatable, Sendable {
    public let kind: MediaKind
    /// In seconds since 1970: from midnight to midnight in the site's time zone.
    public let seconds: Range<Int>
    /// Listed files that were uploaded on it, and their bytes.
    public var files = 0
    public var bytes = 0
    /// Uploads on it, also of files that are deleted or unlisted by now; a replacement is none.
    public var uploads = 0
    /// Views counted on it, of files of any day.
    public var views = 0

    public var day: SiteDay { SiteDay(of: seconds.lowerBound) }

    init(_ kind: MediaKind, _ seconds: Range<Int>, files: Int = 0, bytes: Int = 0, uploads: Int = 0, views: Int = 0) {
        (self.kind, self.seconds, self.files, self.bytes, self.uploads, self.views) = (kind, seconds, files, bytes, uploads, views)
    }

    mutating func add(_ other: DayCount) {
        files += other.files
        bytes += other.bytes
        uploads += other.uploads
        views += other.views
    }

    /// Counts one row of `file` that was uploaded on this day.
    mutating func count(_ row: DerivingRow) {
        if row.isUpload { uploads += 1 }
        guard row.isListed else { return }
        files += 1
        bytes += row.size
    }
}

/// A month with listed files.
public struct MonthCount: Equatable, Sendable {
    public let year: Int
    /// 1...12.
    public let month: Int
    public let files: Int

    init(number: Int, files: Int) { (year, month, self.files) = (number / 100, number % 100, files) }

    var number: Int { year * 100 + month }

    /// As it stands in the database: 202507.
    static func number(of day: SiteDay) -> Int { day.year * 100 + day.month }
}
