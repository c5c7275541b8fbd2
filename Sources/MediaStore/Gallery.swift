// A part of the gallery with what stands around it, from one snapshot.

import Time

/// A part of the list of all days, and numbers.
public struct Gallery: Sendable {
    public let part: ListPart
    /// The months with listed files that the request's visitor may see, newest first; none if they were not asked for.
    public let months: [MonthCount]
    /// The numbers of the days that the part shows.
    let days: [DayCount]

    /// Nothing.
    public static let none = Gallery(part: ListPart(files: [], next: nil, previous: nil, end: nil, isCut: false), months: [], days: [])

    /// The listed files of a day; nil if that is not known.
    public func count(of day: SiteDay) -> Int? {
        let kinds = days.filter { $0.day == day }
        return kinds.isEmpty ? nil : kinds.reduce(0) { $0 + $1.files }
    }
}

extension MediaStore {
    /// - Parameter withMonths: whether the months are needed.
    public func gallery(_ request: PartRequest, withMonths: Bool) throws -> Gallery {
        try database.read {
            let part = try part(request)
            return Gallery(part: part, months: withMonths ? try months(since: request.since) : [],
                           days: try request.isOfWholeDays && isComplete(.days) ? dayCounts(of: part.files) : [])
        }
    }

    private func dayCounts(of files: [StoredFile]) throws -> [DayCount] {
        let times = files.map(\.createdAt)
        guard let first = times.min(), let last = times.max() else { return [] }
        return try dayCounts(SiteDay(of: first).seconds.lowerBound..<last + 1)
    }

    private func months(since seconds: Int?) throws -> [MonthCount] {
        let oldest = seconds.map { SiteDay(of: $0) }
        return try monthCounts().filter { month in oldest.map { (month.year, month.month) >= ($0.year, $0.month) } ?? true }
    }
}

extension PartRequest {
    /// Whether the list has all files of a day that the gallery has, one behind the other.
    public var isOfWholeDays: Bool { scope == .listed && filter == .all && order == .time }
}
