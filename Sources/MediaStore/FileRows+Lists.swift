// The statements on the table `file` for lists and their totals.

import Database
import Media
import Time

extension FileRows {
    private static let isListed = FileState.isListed
    /// The same condition, but the unary plus keeps SQLite from using a partial index where a full scan is faster.
    private static let isListedInOrderOfRows = "+\(isListed)"

    /// Listed rows from a position of an ordering, one more than a page.
    func page(_ request: ListRequest, from start: ShelfRows.Start) throws -> [StoredFile] {
        let (column, direction) = (request.order.column, request.descending ? "DESC" : "ASC")
        let end: Int64 = request.descending ? .max : .min
        let order = "ORDER BY \(column) \(direction), id \(direction)"
        let part = "file WHERE \(Self.isListed) AND (\(column), id) \(request.descending ? "<" : ">=") (?, ?) \(order) LIMIT ? OFFSET ?"
        // PostgreSQL would read each row that it skips, where an index has all that it asks of it. (By time these stand together, and cost little.)
        let rows = database.engine == .postgresql && request.order != .createdAt ? "file WHERE id IN (SELECT id FROM \(part)) \(order)" : part
        return try database.all(
            "SELECT \(Self.columns) FROM \(rows)",
            start.key.map(Int64.init) ?? end, start.id.map(Int64.init) ?? end, request.rowCount, start.skip
        ) { try StoredFile($0) }
    }

    /// The ids of listed pictures, the newest first.
    func newestPictures(atMost count: Int) throws -> [Int] {
        try database.all("SELECT id FROM file WHERE kind = 'image' AND \(Self.isListed) ORDER BY created_at DESC, id DESC LIMIT ?", count) {
            $0.integer(0)
        }
    }

    /// The number of rows that match a request with filters.
    func count(_ request: ListRequest) throws -> Int {
        try database.first("SELECT COUNT(*) FROM file WHERE \(Self.filterWithName(request))", request.owner, request.kind?.rawValue,
                           Self.pattern(request)) { $0.integer(0) } ?? 0
    }

    /// Those of a page, or behind a place, and one more.
    func filtered(_ request: ListRequest) throws -> [StoredFile] {
        let (column, direction, place) = (request.order.column, request.descending ? "DESC" : "ASC", request.place)
        return try database.all(
            """
            SELECT \(Self.columns) FROM file WHERE \(Self.filterWithName(request)) AND (\(column), id) \(place.sign) (?6, ?7)
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?4 OFFSET ?5
            """, request.owner, request.kind?.rawValue, Self.pattern(request), request.rowCount, request.page.offset, place.key, place.id
        ) { try StoredFile($0) }
    }

    /// Value 3: the pattern of the name or NULL.
    private static func filterWithName(_ request: ListRequest) -> String {
        "\(filter(request)) AND (?3 IS NULL OR original_name LIKE ?3 ESCAPE '\\')"
    }

    private static func pattern(_ request: ListRequest) -> String? { request.search.map { "%" + literal($0) + "%" } }

    /// The condition of a list but for the name. Values: 1 the account or NULL, 2 the kind or NULL.
    static func filter(_ request: ListRequest) -> String {
        let whose = request.owner == nil ? "\(isListed) AND ?1 IS NULL" : "\(isKept) AND account_id = ?1"
        return "\(whose) AND (?2 IS NULL OR kind = ?2)"
    }

    /// Escapes LIKE's wildcards. It would end a pattern at a zero byte, for which another character stands here that is in no name either.
    private static func literal(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if character == "%" || character == "_" || character == "\\" { result.append("\\") }
            result.append(character == "\0" ? "\u{1}" : character)
        }
    }

    // Days

    /// The listed files of a day, and their total number.
    func page(_ request: DayRequest) throws -> ListPage {
        let (folder, month) = (request.day.text + "/", request.day.monthText + "/")
        let ending = request.fileExtension.map { "." + $0 } ?? ""
        let seconds = request.day.seconds
        let direction = request.descending ? "DESC" : "ASC"
        let total = try database.first(
            "SELECT COUNT(*) FROM (\(Self.filesOfADay("id"))) AS shown", folder, ending, seconds.lowerBound, seconds.upperBound, month) {
            $0.integer(0)
        }
        let files = try database.all(
            """
            SELECT \(Self.columns) FROM (\(Self.filesOfADay(Self.columns))) AS shown
            ORDER BY substr(path, length(\(Self.folderOfPath)) + 1) \(direction), id \(direction) LIMIT ?6 OFFSET ?7
            """, folder, ending, seconds.lowerBound, seconds.upperBound, month, request.page.size, request.page.offset
        ) { try StoredFile($0) }
        return ListPage(files: files, total: total ?? 0)
    }

    /// Files that expire are in a folder of their own, and are found by their upload time too.
    ///
    /// Values: 1 the day's folder, 2 the suffix of names, 3 and 4 the first second of the day and of the next, 5 the month's folder.
    private static func filesOfADay(_ columns: String) -> String {
        let isShown = "\(isListed) AND (?2 = '' OR lower(substr(path, length(path) - length(?2) + 1)) = ?2)"
        return """
            SELECT \(columns) FROM file
            WHERE path >= ?1 AND path < substr(?1, 1, length(?1) - 1) || '0' AND \(folderOfPath) = ?1 AND \(isShown)
            UNION ALL SELECT \(columns) FROM file
            WHERE created_at >= ?3 AND created_at < ?4
                AND (\(folderOfPath) IN (?5, 'videos/' || ?5) OR path LIKE '\(ExpiringFolder.name)/%') AND \(isShown)
            """
    }

    /// `path` up to its last slash. (In ASCII, '0' is the character after '/'.)
    private static let folderOfPath = "rtrim(path, replace(path, '/', ''))"

    // Totals

    func keptCount() throws -> Int { try database.first("SELECT COUNT(*) FROM file WHERE \(Self.isKept)") { $0.integer(0) } ?? 0 }

    func listedCount(_ seconds: Range<Int>) throws -> Int {
        try database.first("SELECT COUNT(*) FROM file WHERE \(Self.isListed) AND created_at >= ? AND created_at < ?",
                           seconds.lowerBound, seconds.upperBound) { $0.integer(0) } ?? 0
    }

    /// Number and bytes of listed files.
    func listedTotal() throws -> (count: Int, bytes: Int) {
        try database.first("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM file WHERE \(Self.isListedInOrderOfRows)") {
            (count: $0.integer(0), bytes: $0.integer(1))
        } ?? (0, 0)
    }

    /// The folders of listed files, each with a trailing slash.
    func listedFolders() throws -> [String] {
        try database.all("SELECT DISTINCT \(Self.folderOfPath) FROM file WHERE \(Self.isListedInOrderOfRows)") { $0.text(0) }
    }

    // Segments of the lists (ShelfRows.swift)

    /// The listed row `count` rows after a position of an ordering. Rows that wait to be counted are left out: they are in no segment yet.
    func position(_ count: Int, behind key: Int, _ id: Int, in column: String) throws -> (key: Int, id: Int)? {
        try database.first(
            """
            SELECT \(column), id FROM file WHERE \(Self.isListed) AND (\(column), id) >= (?, ?) AND \(WaitingRows.isCounted)
            ORDER BY \(column), id LIMIT 1 OFFSET ?
            """, key, id, count) { (key: $0.integer(0), id: $0.integer(1)) }
    }

    // Uploads

    /// Kept files that were uploaded (not adopted), in order of ids, with their accounts.
    func uploaded(after id: Int, atMost count: Int) throws -> [(file: StoredFile, owner: Int?)] {
        try database.all(
            "SELECT \(Self.columns), account_id FROM file WHERE id > ? AND \(Self.isKept) AND length(sha256) > 0 ORDER BY id LIMIT ?", id, count
        ) { (file: try StoredFile($0), owner: $0.optionalInteger(StoredFile.columnCount)) }
    }

    /// Files that were uploaded (not adopted) and whose sender is stored; oldest first.
    func sent() throws -> [SentFile] {
        try database.all(
            """
            SELECT \(Self.columns), address, port, user_agent, way, recycled_name FROM file JOIN upload_record ON file_id = id
            WHERE NOT \(FileState.leaving.condition) AND length(sha256) > 0 ORDER BY created_at, id
            """
        ) { row in
            SentFile(file: try StoredFile(row), sender: Sender(row, from: StoredFile.columnCount),
                     recycledName: row.optionalText(StoredFile.columnCount + 4))
        }
    }
}
