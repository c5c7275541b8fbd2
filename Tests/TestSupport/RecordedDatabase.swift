// Tests/Statements asks other engines whether they understand what the services say to the database. It takes that from the unit tests of
// the services, which run all of it.

import Database
import Glibc

/// The database, or where the environment names a file in IMAGEBED_STATEMENTS one that writes down there what it is told.
public func recorded(_ database: any Database) -> any Database {
    guard let path = getenv("IMAGEBED_STATEMENTS") else { return database }
    return RecordedDatabase(database, String(cString: path))
}

/// Appends each statement to a file: the types of its values with blanks between them, a line end, its text, and a zero.
private final class RecordedDatabase: Database {
    private let database: any Database
    private let file: Int32
    private var known: Set<String> = []

    init(_ database: any Database, _ path: String) {
        self.database = database
        file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        precondition(file >= 0, "\(path) cannot be written")
    }

    deinit { close(file) }

    private func record(_ text: String, _ values: [any Bindable]) {
        let record = values.map { type(of: $0).columnType.rawValue }.joined(separator: " ") + "\n\(text)\0"
        guard known.insert(record).inserted else { return }
        var bytes = Array(record.utf8)
        precondition(Glibc.write(file, &bytes, bytes.count) == bytes.count)
    }

    func run(_ text: String, with values: [any Bindable]) throws -> Int {
        record(text, values)
        return try database.run(text, with: values)
    }

    func insert(_ text: String, with values: [any Bindable]) throws -> Int? {
        record(text, values)
        return try database.insert(text, with: values)
    }

    func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws {
        record(text, values)
        try database.each(text, with: values, body)
    }

    func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value { try database.write(claim, body) }
    func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value { try database.withoutTriggers(body) }
    func read<Value>(_ body: () throws -> Value) throws -> Value { try database.read(body) }
    func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value { try database.sharingSnapshot(body) }
    var moment: Moment? { get throws { try database.moment } }
}
