// PostgreSQL's index of names: the pairs as arrays in a GIN index, which finds the names that hold all pairs of a text; that they stand in a row
// is then looked for in the pairs as a text.

import Database

struct PostgreSQLSearchRows: NameSearch {
    let database: any Database

    static let isInEither = "(\(isIn("original")) OR \(isIn("stored")))"
    static let isInOriginal = isIn("original")
    static let ids = "json_array_elements_text(?3::json)"

    private static func isIn(_ column: String) -> String {
        "string_to_array(\(column), ' ') @> string_to_array(?1, ' ') AND strpos(' ' || \(column) || ' ', ' ' || ?1 || ' ') > 0"
    }

    func remove(_ id: Int, _ names: FileNames) throws { try database.run("DELETE FROM file_search WHERE rowid = ?", id) }

    func removeAll() throws { try database.run("DELETE FROM file_search") }

    /// New names wait in a list that each search reads, until there are many of them; here they come to the others.
    func merge(_ pages: Int) throws -> Bool {
        try database.first("SELECT gin_clean_pending_list('file_search_pairs')") { $0.integer(0) } ?? 0 > 0
    }
}
