// The statements on the table `file` for comparing its rows with a folder: all rows, also deleted ones, in the site's database or in a
// copy of it.

import Database


/// Where a row says that its file is.
public struct RecordedFile: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// Below `uploads/`, at this path.
        case uploads(String)
        /// In the recycle bin, under this name.
        case recycled(String)
        /// Nowhere: it was removed by hand before it was deleted.
        case gone
        /// At that path or in the recycle bin or gone: its deletion is unfinished.
        case leaving(String)
    }

    public let id: Int
    public let place: Place
    /// Bytes.
    public let size: Int
    /// Empty for adopted files, whose content was not read.
    public let sha256: [UInt8]

    fileprivate init(_ row: Row) {
        id = row.integer(0)
        let path = row.text(2)
        place = switch FileState(rawValue: row.integer(1)) {
        case .kept: .uploads(path)
        case .leaving: .leaving(path)
        case .recycled, nil: row.optionalText(3).map { .recycled($0) } ?? .gone
        }
        size = row.integer(4)
        sha256 = row.blob(5)
    }
}

/// All rows of a database.
public struct RecordedFileRows {
    private let database: any Database
    private static let columns = "id, state, path, recycled_name, size, sha256"
    private static let batch = 1_000

    public init(_ database: any Database) { self.database = database }

    /// Number of rows, and the bytes of their files.
    public func total() throws -> (count: Int, bytes: Int) {
        try database.first("SELECT COUNT(*), SUM(size) FROM file") { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
    }

    /// Disk space of the files of all rows, in bytes.
    public func room(inBlocksOf block: Int) throws -> Int {
        try database.first("SELECT SUM((size + ?1 - 1) / ?1 * ?1) FROM file", block) { $0.integer(0) } ?? 0
    }

    /// Calls `body` for every row in order of ids; `body` may change rows.
    public func forEach(_ body: (RecordedFile) throws -> Void) throws {
        var last = Int.min
        while true {
            let rows = try database.all(
                "SELECT \(RecordedFileRows.columns) FROM file WHERE id > ? ORDER BY id LIMIT \(RecordedFileRows.batch)", last) { RecordedFile($0) }
            try rows.forEach(body)
            guard let end = rows.last, rows.count == RecordedFileRows.batch else { return }
            last = end.id
        }
    }

    public func file(_ id: Int) throws -> RecordedFile? {
        try database.first("SELECT \(RecordedFileRows.columns) FROM file WHERE id = ?", id) { RecordedFile($0) }
    }

    /// Whether a row has this path, for a file that is kept or whose deletion is unfinished.
    public func knows(path: String) throws -> Bool {
        try database.has("SELECT 1 FROM file WHERE path = ? AND NOT \(FileState.recycled.condition)", path)
    }

    /// Whether a row has this name in the recycle bin.
    public func knows(recycled name: String) throws -> Bool {
        try FileRows(database: database).knowsRecycled(name)
    }

    /// The files that were replaced within the last day, or are being replaced.
    public func replaced() throws -> [Int] { try ReplacementRows(database: database).files() }

    /// Gives a row the facts of the bytes that another database has of its file. What is to be done with the file counts for that database
    /// alone.
    public func follow(_ other: RecordedFileRows, _ id: Int) throws {
        if let content = try FileRows(database: other.database).content(of: id) { try FileRows(database: database).setContent(content, of: id) }
        try ReplacementRows(database: database).remove(id)
    }

    /// Removes the row of a missing file.
    public func forget(_ id: Int) throws { try FileRows(database: database).remove(id) }
}
