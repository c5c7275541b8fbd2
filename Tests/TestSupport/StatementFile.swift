// Tests/Statements looks whether the unit tests of the services run all that these can say to a database.

import Database
import Glibc

/// The database, or where the environment names a file in IMAGEBED_STATEMENTS one that writes down there what it is told.
public func recorded(_ database: any Database) -> any Database {
    guard let path = getenv("IMAGEBED_STATEMENTS") else { return database }
    let file = StatementFile(String(cString: path))
    return ObservedDatabase(database) { text, _ in file.record(text) }
}

/// Appends each statement to a file, with a zero behind it.
private final class StatementFile {
    private let file: Int32
    private var known: Set<String> = []

    init(_ path: String) {
        file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        precondition(file >= 0, "\(path) cannot be written")
    }

    deinit { close(file) }

    func record(_ text: String) {
        guard known.insert(text).inserted else { return }
        var bytes = Array(text.utf8) + [0]
        precondition(Glibc.write(file, &bytes, bytes.count) == bytes.count)
    }
}
