// The statements on the full-text index of names. They are SQLite's alone: another engine has its own full-text search, so this is the one
// file whose statements need not prepare on PostgreSQL (Tests/Statements).

import Database

struct SearchRows {
    let database: any Database

    private static let columns = StoredFile.columns

    /// Most matches for which a list is made from the index; for more, reading the list in its order finds a page sooner.
    private static let fewMatches = 20_000

    // The index

    func insert(_ id: Int, _ names: FileNames) throws {
        try database.run("INSERT INTO file_search (rowid, original, stored) VALUES (?, ?, ?)", id,
                         SearchPairs(names.original).text, SearchPairs(names.stored).text)
    }

    /// The index keeps no names, so it has to be told which ones it holds.
    func remove(_ id: Int, _ names: FileNames) throws {
        try database.run("INSERT INTO file_search (file_search, rowid, original, stored) VALUES ('delete', ?, ?, ?)", id,
                         SearchPairs(names.original).text, SearchPairs(names.stored).text)
    }

    func removeAll() throws { try database.run("INSERT INTO file_search (file_search) VALUES ('delete-all')") }

    /// Merges parts of the index, each of which a search has to read.
    ///
    /// - Parameter pages: how many are written at most. A negative number begins to merge all parts into one; a positive one goes on with
    ///   that, or merges where several parts are of one size.
    /// - Returns: whether there was something to merge (https://www.sqlite.org/fts5.html#the_merge_command).
    func merge(_ pages: Int) throws -> Bool {
        let before = try changes()
        try database.run("INSERT INTO file_search (file_search, rank) VALUES ('merge', ?)", pages)
        return try changes() - before >= 2
    }

    private func changes() throws -> Int { try database.first("SELECT total_changes()") { $0.integer(0) } ?? 0 }

    // Queries

    /// Rows whose original or stored name matches, by id, whatever their state.
    func each(_ query: String, from id: Int, descending: Bool, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        try database.each(
            """
            SELECT \(Self.columns) FROM file_search JOIN file ON file.id = file_search.rowid
            WHERE file_search MATCH ? AND file_search.rowid \(descending ? "<" : ">") ?
            ORDER BY file_search.rowid \(descending ? "DESC" : "ASC") LIMIT ?
            """, with: [query, id, count]) { try body(StoredFile($0)) }
    }

    /// The ids of rows whose original name matches; nil if they are so many that a list is not best made from the index.
    func few(_ query: String) throws -> [Int]? {
        let ids = try database.all("SELECT rowid FROM file_search WHERE file_search MATCH ? LIMIT ?", "original : \(query)", Self.fewMatches) {
            $0.integer(0)
        }
        return ids.count < Self.fewMatches ? ids : nil
    }

    /// The number of rows of a list that are among these.
    ///
    /// - Parameter matches: of `list(of:)`.
    func count(_ request: ListRequest, among matches: String) throws -> Int {
        try database.first("SELECT COUNT(*) FROM file WHERE \(Self.filter(request))", request.owner, request.kind?.rawValue, matches) {
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
            SELECT \(Self.columns) FROM file WHERE \(Self.filter(request)) AND (\(column), id) \(place.sign) (?6, ?7)
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?4 OFFSET ?5
            """, request.owner, request.kind?.rawValue, matches, request.rowCount, request.page.offset, place.key, place.id
        ) { try StoredFile($0) }
    }

    /// The condition of `FileRows.filter`; value 3: ids as a JSON array.
    private static func filter(_ request: ListRequest) -> String {
        "\(FileRows.filter(request)) AND id IN (SELECT value FROM json_each(?3))"
    }

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
