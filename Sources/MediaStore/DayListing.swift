// The gallery of a day. The day's folder is a range of paths, so it is found by the index of paths; files of the API lie in a
// folder for the whole month, and belong to the day on which they came.

import Media
import SQLite
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
    public func list(_ request: DayRequest) throws -> ListPage {
        let (folder, month) = (request.day.text + "/", request.day.monthText + "/")
        let ending = request.fileExtension.map { "." + $0 } ?? ""
        let seconds = request.day.seconds
        let direction = request.descending ? "DESC" : "ASC"
        return try database.read {
            let total = try database.first(
                "SELECT COUNT(*) FROM (\(MediaStore.filesOfADay("id")))", folder, ending, seconds.lowerBound,
                seconds.upperBound, month) { $0.integer(0) } ?? 0
            let files = try database.all(
                """
                SELECT \(StoredFile.columns) FROM (\(MediaStore.filesOfADay(StoredFile.columns)))
                ORDER BY substr(path, length(\(MediaStore.folderOfPath)) + 1) \(direction), id \(direction) LIMIT ?6 OFFSET ?7
                """, folder, ending, seconds.lowerBound, seconds.upperBound, month, request.limit,
                (request.page - 1) * request.limit
            ) { try StoredFile($0) }
            return ListPage(files: files, total: total)
        }
    }

    /// Values: 1 the day's folder, 2 how names end, 3 and 4 when the day begins and ends, 5 the month's folder.
    private static func filesOfADay(_ columns: String) -> String {
        let isShown = "\(FileState.isListed) AND (?2 = '' OR lower(substr(path, -length(?2))) = ?2)"
        return """
            SELECT \(columns) FROM file
            WHERE path >= ?1 AND path < substr(?1, 1, length(?1) - 1) || '0' AND \(folderOfPath) = ?1 AND \(isShown)
            UNION ALL SELECT \(columns) FROM file
            WHERE created_at >= ?3 AND created_at < ?4 AND \(folderOfPath) IN (?5, 'videos/' || ?5) AND \(isShown)
            """
    }

    /// SQL for everything of `path` up to its last slash. ('0' follows '/' in ASCII.)
    static let folderOfPath = "rtrim(path, replace(path, '/', ''))"
}
