// The statements that search the index of names. An index for texts is each engine's own; what is said to it alone is in `SQLiteSearchRows`
// and `PostgreSQLSearchRows`, and here is decided which of them it is.

import Database

/// An engine's index of names: the table `file_search`, whose columns `original` and `stored` have the pairs of a row's names.
protocol NameSearch {
    /// Conditions on value 1, a `SearchPairs.query`: that a name holds the text.
    static var isInEither: String { get }
    static var isInOriginal: String { get }
    /// The elements of value 3, a JSON array, as the column `value` of a table.
    static var ids: String { get }

    /// - Parameter names: those under which the row was inserted.
    func remove(_ id: Int, _ names: FileNames) throws
    func removeAll() throws

    /// Puts parts of the index together, each of which a search has to read.
    ///
    /// - Parameter pages: how many are written at most, where the engine can stop. A negative number begins to merge all parts into one; a
    ///   positive one goes on with that, or merges where several parts are of one size.
    /// - Returns: whether there was something to merge.
    func merge(_ pages: Int) throws -> Bool
}

struct SearchRows {
    let database: any Database
    /// What is the engine's own.
    let own: any NameSearch
    private let text: any NameSearch.Type

    init(database: any Database) {
        self.database = database
        own = switch database.engine {
        case .sqlite: SQLiteSearchRows(database: database)
        case .postgresql: PostgreSQLSearchRows(database: database)
        }
        text = type(of: own)
    }

    private static let columns = StoredFile.columns

    /// Most matches for which a list is made from the index; for more, reading the list in its order finds a page sooner.
    private static let fewMatches = 20_000

    func insert(_ id: Int, _ names: FileNames) throws {
        try database.run("INSERT INTO file_search (rowid, original, stored) VALUES (?, ?, ?)", id,
                         SearchPairs(names.original).text, SearchPairs(names.stored).text)
    }

    // Queries

    /// Rows whose original or stored name matches, by id, whatever their state.
    func each(_ query: String, from id: Int, descending: Bool, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        try database.each(
            """
            SELECT \(Self.columns) FROM file_search JOIN file ON file.id = file_search.rowid
            WHERE \(text.isInEither) AND file_search.rowid \(descending ? "<" : ">") ?2
            ORDER BY file_search.rowid \(descending ? "DESC" : "ASC") LIMIT ?3
            """, with: [query, id, count]) { try body(StoredFile($0)) }
    }

    /// The ids of rows whose original name matches; nil if they are so many that a list is not best made from the index.
    func few(_ query: String) throws -> [Int]? {
        let ids = try database.all("SELECT rowid FROM file_search WHERE \(text.isInOriginal) LIMIT ?2", query, Self.fewMatches) {
            $0.integer(0)
        }
        return ids.count < Self.fewMatches ? ids : nil
    }

    /// The number of rows of a list that are among these.
    ///
    /// - Parameter matches: of `list(of:)`.
    func count(_ request: ListRequest, among matches: String) throws -> Int {
        try database.first("SELECT COUNT(*) FROM file WHERE \(filter(request))", request.owner, request.kind?.rawValue, matches) {
            $0.integer(0)
        } ?? 0
    }

    /// Those of a page, or behind a place, and one more. (A search for what is frequent and rare takes 10 ms, so the page and the total
    /// share it.) The unary plus keeps SQLite from reading the list in its order.
    ///
    /// - Parameter matches: of `list(of:)`.
    func filtered(_ request: ListRequest, among matches: String) throws -> [StoredFile] {
        let (column, direction, place) = ("+" + request.order.column, request.descending ? "DESC" : "ASC", request.place)
        return try database.all(
            """
            SELECT \(Self.columns) FROM file WHERE \(filter(request)) AND (\(column), id) \(place.sign) (?6, ?7)
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?4 OFFSET ?5
            """, request.owner, request.kind?.rawValue, matches, request.rowCount, request.page.offset, place.key, place.id
        ) { try StoredFile($0) }
    }

    /// The condition of `FileRows.filter`; value 3: ids as a JSON array.
    private func filter(_ request: ListRequest) -> String { "\(FileRows.filter(request)) AND id IN (SELECT CAST(value AS bigint) FROM \(text.ids))" }

    /// Ids for `count` and `filtered`.
    static func list(of ids: [Int]) -> String { "[\(ids.map(String.init).joined(separator: ","))]" }
}

/// The names under which a file is found.
struct FileNames {
    /// As it was uploaded.
    let original: String
    /// The last part of its path.
    let stored: String

    init(original: String, path: String) {
        self.original = original
        // (In a path of ASCII every slash is a character.)
        let isPlain = path.utf8.allSatisfy { $0 < 0x80 }
        stored = (isPlain ? path.utf8.split(separator: UInt8(ascii: "/")).last.map { Substring($0) } : path.split(separator: "/").last).map(String.init) ?? ""
    }
}
