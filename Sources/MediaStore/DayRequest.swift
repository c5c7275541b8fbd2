// The gallery of a day. The day's folder is a range of paths in the index on `path`; files uploaded through the API are in a folder of
// the whole month, and are found by their upload time.

import Database
import Media
import Time

/// Which files a gallery shows.
public struct DayRequest: Sendable {
    public var day: SiteDay
    /// In lower case without the dot; nil for all.
    public var fileExtension: String?
    /// Sorted by name in descending order.
    public var descending: Bool
    public var page: Paging

    /// - Parameters:
    ///   - limit: files on a page; clamped like the page's number.
    public init(_ day: SiteDay, fileExtension: String? = nil, descending: Bool, limit: Int, page: Int = 1) {
        self.day = day
        self.fileExtension = fileExtension
        self.descending = descending
        self.page = Paging(page, size: limit, upTo: DayRequest.limit)
    }

    /// Maximum number of files on a page.
    public static let limit = 1000
}

extension MediaStore {
    /// The public files of a day in byte order of their names, and their total number.
    public func list(_ request: DayRequest) throws -> ListPage {
        let page = try database.read { try rows.page(request) }
        return ListPage(files: page.files.filter { !$0.hasExpired }, total: page.total)
    }
}
