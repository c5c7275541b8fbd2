// The numbers of the statistics page, all of them counted along, so that they are right at once and cost no scan.

import Database
import Media
import Time

/// Kept files of one type, also unlisted ones.
public struct TypeTotal: Equatable, Sendable {
    public let type: MediaType
    public let files: Int
    public let bytes: Int
}

/// Kept files that were uploaded with one API key.
public struct KeyTotal: Equatable, Sendable {
    /// nil for pages, imports, and files from before keys were recorded.
    public let key: Int?
    public let files: Int
    public let bytes: Int
}

/// One day of the chart.
public struct ReportedDay: Equatable, Sendable {
    public let day: SiteDay
    /// Uploads on it, also of files that are deleted by now.
    public let uploads: Int
    /// Bytes of its files that are listed now.
    public let bytes: Int
    /// Views counted on it, of files of any day.
    public let views: Int
}

/// What the statistics page tells.
public struct SiteReport: Sendable {
    /// Seconds since 1970.
    public let computedAt: Int
    /// `dayCount` days, the last one today.
    public let days: [ReportedDay]
    /// Whether the numbers hold all files; `imagebed index` fills them after an upgrade.
    public let isComplete: Bool
    /// The most files first.
    public let types: [TypeTotal]
    public let keys: [KeyTotal]
    /// Listed files.
    public let largest: [StoredFile]
    public let mostSeen: [StoredFile]
    /// Views in total.
    public let views: Int

    /// Kept files and their bytes, also unlisted ones.
    public var files: Int { types.reduce(0) { $0 + $1.files } }
    public var bytes: Int { types.reduce(0) { $0 + $1.bytes } }

    public static let dayCount = 30
}

extension MediaStore {
    /// Rows of each list.
    private static let reportedKeys = 20, reportedFiles = 5

    /// - Parameter now: seconds since 1970.
    public func report(now: Int = Now.seconds) throws -> SiteReport {
        try database.read {
            SiteReport(computedAt: now, days: try reportedDays(until: SiteDay(of: now)), isComplete: try isComplete(.days) && isComplete(.totals), types: try totals.types(),
                       keys: try totals.keys(atMost: MediaStore.reportedKeys), largest: try first(by: .size), mostSeen: try first(by: .views),
                       views: try counters.value("views") ?? 0)
        }
    }

    /// Kept files by type, the most files first.
    public func typeTotals() throws -> [TypeTotal] { try totals.types() }

    private func first(by order: PartOrder) throws -> [StoredFile] {
        try part(PartRequest(.listed, order: order, size: MediaStore.reportedFiles)).files
    }

    private func reportedDays(until today: SiteDay) throws -> [ReportedDay] {
        let first = today.moved(by: 1 - SiteReport.dayCount)
        let counts = Dictionary(grouping: try dayCounts(first.seconds.lowerBound..<today.seconds.upperBound), by: \.day)
        return (0..<SiteReport.dayCount).map { number in
            let day = first.moved(by: number), kinds = counts[day] ?? []
            return ReportedDay(day: day, uploads: kinds.reduce(0) { $0 + $1.uploads }, bytes: kinds.reduce(0) { $0 + $1.bytes },
                               views: kinds.reduce(0) { $0 + $1.views })
        }
    }
}
