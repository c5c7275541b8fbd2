// SQLite's index of names, FTS5: a contentless table, in which a phrase of tokens stands for a text.

import Database

struct SQLiteSearchRows: NameSearch {
    let database: any Database

    static let isInEither = #"file_search MATCH '"' || ?1 || '"'"#
    static let isInOriginal = #"original MATCH '"' || ?1 || '"'"#
    static let ids = "json_each(?3)"

    /// The index keeps no names, so it has to be told which ones it holds.
    func remove(_ id: Int, _ names: FileNames) throws {
        try database.run("INSERT INTO file_search (file_search, rowid, original, stored) VALUES ('delete', ?, ?, ?)", id,
                         SearchPairs(names.original).text, SearchPairs(names.stored).text)
    }

    func removeAll() throws { try database.run("INSERT INTO file_search (file_search) VALUES ('delete-all')") }

    /// (https://www.sqlite.org/fts5.html#the_merge_command)
    func merge(_ pages: Int) throws -> Bool {
        let before = try changes()
        try database.run("INSERT INTO file_search (file_search, rank) VALUES ('merge', ?)", pages)
        return try changes() - before >= 2
    }

    private func changes() throws -> Int { try database.first("SELECT total_changes()") { $0.integer(0) } ?? 0 }
}
