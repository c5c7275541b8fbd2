// Tests/Statements asks other engines whether they understand what the services say to the database. It takes that from the unit tests of
// the services, which run all of it.

import Database
import Glibc

/// The database, or where the environment names a file in IMAGEBED_STATEMENTS one that writes down there what it is told.
public func recorded(_ database: any Database) -> any Database {
    guard let path = getenv("IMAGEBED_STATEMENTS") else { return database }
    let file = StatementFile(String(cString: path))
    return ObservedDatabase(database) { file.record($0, $1) }
}

/// Appends each statement to a file: the types of its values with blanks between them, a line end, its text, and a zero.
private final class StatementFile {
    private let file: Int32
    private var known: Set<String> = []

    init(_ path: String) {
        file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        precondition(file >= 0, "\(path) cannot be written")
    }

    deinit { close(file) }

    func record(_ text: String, _ values: [any Bindable]) {
        let record = values.map { type(of: $0).columnType.rawValue }.joined(separator: " ") + "\n\(text)\0"
        guard known.insert(record).inserted else { return }
        var bytes = Array(record.utf8)
        precondition(Glibc.write(file, &bytes, bytes.count) == bytes.count)
    }
}
