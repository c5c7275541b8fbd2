// New rows of `file` wait to be counted: what triggers do for each row takes an upload as long as the insertion itself, and for sixty-four rows
// together it takes hardly more. Whoever reads a count adds the rows that wait.

import Database
import Media

/// The rows that no counter holds yet: those from `derived.next_id` on, of the name "counted".
///
/// A database on a server counts each row as it is inserted, for there ids are not in the order of transactions.
struct WaitingRows {
    /// Rows that wait at most, before the next upload counts them all.
    static let batch = 64
    /// Rows that are counted in one transaction. (There are more where somebody inserted rows by SQL.)
    static let mostTogether = 2_000

    private static let first = "SELECT next_id FROM derived WHERE name = 'counted'"
    /// An SQL condition for them.
    static let condition = "id >= (\(first))"
    /// The condition for the others, by which no index is chosen.
    static let isCounted = "+id < (\(first))"

    let database: any Database

    /// Whether rows can wait at all. Where they cannot, nothing is asked: PostgreSQL would expect a third of all rows, and might read all.
    var canBe: Bool { database.engine == .sqlite }

    /// The first id that is not counted; `Int.max` where rows do not wait.
    func first() throws -> Int { try database.first(Self.first) { $0.integer(0) } ?? .max }

    func setFirst(_ id: Int) throws { try database.run("UPDATE derived SET next_id = ? WHERE name = 'counted'", id) }

    /// Before a row is inserted: lets it wait.
    func begin() throws {
        guard canBe, try first() == .max else { return }
        try setFirst(DerivingRows(database: database).lastID() + 1)
    }

    /// Whether so many wait that they are to be counted, after a row was inserted.
    func isFull(at id: Int) throws -> Bool { try id - first() >= Self.batch - 1 }

    // What the counters lack. (Conditions beside that of the ids stand within CASE: by others SQLite would find an index, and read all rows of it.)

    /// Uploads, and the listed files of each kind.
    func numbers() throws -> (uploads: Int, images: Int, videos: Int) {
        guard canBe else { return (0, 0, 0) }
        let isListed = { (kind: String) in "CASE WHEN \(FileState.isListed) AND kind = '\(kind)' THEN 1 END" }
        return try database.first(
            """
            SELECT COUNT(CASE WHEN former_of IS NULL THEN 1 END), COUNT(\(isListed("image"))), COUNT(\(isListed("video")))
            FROM file WHERE \(Self.condition)
            """) { ($0.integer(0), $0.integer(1), $0.integer(2)) } ?? (0, 0, 0)
    }

    func numbers(of owner: Int) throws -> OwnerNumbers {
        guard canBe else { return .none }
        let sum = { (value: String) in "COALESCE(SUM(CASE WHEN account_id = ?1 AND \(FileState.kept.condition) THEN \(value) END), 0)" }
        return try database.first("SELECT \(sum("1")), \(sum("size")), \(sum("views")) FROM file WHERE \(Self.condition)", owner) {
            OwnerNumbers(files: $0.integer(0), bytes: $0.integer(1), views: $0.integer(2))
        } ?? .none
    }

    /// The listed ones.
    func listedCount() throws -> Int { try count(of: "\(FileState.isListed)") }

    /// The listed ones of a time in seconds since 1970.
    func listedCount(of seconds: Range<Int>) throws -> Int {
        try count(of: "\(FileState.isListed) AND created_at >= ? AND created_at < ?", seconds.lowerBound, seconds.upperBound)
    }

    /// The listed ones on one side of a position.
    func listedCount(in order: ListOrder, isAbove: Bool, _ key: Int, _ id: Int) throws -> Int {
        try count(of: "\(FileState.isListed) AND (\(order.column), id) \(isAbove ? ">=" : "<") (?, ?)", key, id)
    }

    private func count(of condition: String, _ values: Int...) throws -> Int {
        guard canBe else { return 0 }
        var count = 0
        try database.each("SELECT COUNT(CASE WHEN \(condition) THEN 1 END) FROM file WHERE \(Self.condition)", with: values) { row in
            count = row.integer(0)
            return false
        }
        return count
    }
}
