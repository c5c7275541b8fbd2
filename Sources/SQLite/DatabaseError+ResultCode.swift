// Maps SQLite's result codes (https://www.sqlite.org/rescode.html) to `DatabaseError.Kind`.

internal import CSQLite
import Database

extension DatabaseError {
    /// - Parameters:
    ///   - code: an extended result code.
    ///   - statement: the statement that failed; empty if there was none.
    init(_ code: Int32, _ message: String, in statement: String) {
        // One line, for logs: statements span several lines.
        let line = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let kind = message == DatabaseError.movingWords ? .moving : DatabaseError.kind(of: code & 0xff)
        self.init(kind, message: message,
                  description: "SQLite \(code) (\(message))" + (line.isEmpty ? "" : " in: \(line)"))
    }

    private static func kind(of code: Int32) -> Kind {
        switch code {
        case SQLITE_BUSY: .busy
        case SQLITE_FULL: .full
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_CANTOPEN: .unavailable
        case SQLITE_READONLY: .readOnly
        case SQLITE_CORRUPT: .corrupt
        default: .other
        }
    }
}
