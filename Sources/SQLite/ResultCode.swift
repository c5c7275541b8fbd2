// SQLite's result codes keep their meaning as patterns: `catch let error as SQLiteError where error.code == .busy`.

internal import CSQLite

/// A primary result code of SQLite (https://www.sqlite.org/rescode.html).
public struct ResultCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Another process holds the write lock for longer than the busy timeout.
    public static let busy = ResultCode(rawValue: SQLITE_BUSY)
    /// A `UNIQUE`, `CHECK`, `NOT NULL` or foreign key rule was broken.
    public static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
    /// The disk is full.
    public static let full = ResultCode(rawValue: SQLITE_FULL)
    /// The file is not a database, or its pages contradict one another.
    public static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
    /// The file cannot be opened.
    public static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
    /// The file or its folder does not allow writing.
    public static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
    /// The operating system reported an error in reading or writing.
    public static let ioError = ResultCode(rawValue: SQLITE_IOERR)
}

/// A failed call into SQLite: what it said, and the statement that was running; bound values are never part of it.
public struct SQLiteError: Error, CustomStringConvertible {
    public let code: ResultCode
    public let extendedCode: Int32
    public let message: String
    public let statement: String

    public var description: String {
        // One line, for logs and lists: statements are written over several.
        let line = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "SQLite \(extendedCode) (\(message))" + (line.isEmpty ? "" : " in: \(line)")
    }
}
