// The gallery of a day. The day's folder is a range of paths, so it is found by the index of paths; files of the API lie in a
// folder for the whole month, and belong to the day on which they came.

import Database
import Media
import Time

/// What a gallery shows.
public struct DayRequest: Sendable {
    public var day: SiteDay
    /// Without the dot, in lower case; nil for all.
    public var fileExtension: String?
    /// By name from the last to the first.
    public var descending: Bool
    public var limit: Int
    /// From 1.
    public var page: Int

    public init(_ day: SiteDay, fileExtension: String? = nil, descending: Bool, limit: Int, page: Int = 1) {
        self.day = day
        self.fileExtension = fileExtension
        self.descending = descending
        self.limit = min(max(limit, 1), DayRequest.limit)
        self.page = min(max(page, 1), Int(Int32.max))
    }

    /// Files on one page.
    public static let limit = 1000
}

extension MediaStore {
    /// The public files of a day in byte order of their names, and how many there are in all.
    public func list(_ request: DayRequest) throws -> ListPage { try database.read { try rows.page(request) } }
}
