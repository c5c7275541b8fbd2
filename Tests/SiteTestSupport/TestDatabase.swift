// Services' tests run on either engine: on SQLite, or where the environment says IMAGEBED_ENGINE=postgresql on a server of the test process.

import Database
import Glibc
import PostgreSQL
import Site
import SQLite
import TestSupport

/// A new site's database for one test.
public final class TestDatabase {
    /// The engine of this run.
    public static let engine: Engine = {
        guard let name = getenv("IMAGEBED_ENGINE") else { return .sqlite }
        guard let engine = Engine(rawValue: String(cString: name)) else { missing("IMAGEBED_ENGINE names no engine") }
        return engine
    }()

    /// The test's connection.
    public let connection: any Database
    private let place: Place

    private enum Place {
        case file(TemporaryFolder)
        case server(DatabaseLease)
    }

    public convenience init() throws { try self.init(TestDatabase.engine) }

    /// - Parameter engine: for tests that compare engines.
    public init(_ engine: Engine) throws {
        switch engine {
        case .sqlite:
            let folder = TemporaryFolder()
            let database = try Connection(path: folder.path + "/a.db", creates: true)
            // Nobody pulls its plug.
            try database.execute("PRAGMA synchronous = OFF")
            try database.migrate(SiteSchema.migrations)
            (place, connection) = (.file(folder), database)
        case .postgresql:
            let lease = try DatabaseLease()
            // Who has the connection has the database.
            (place, connection) = (.server(lease), ObservedDatabase(lease.database.connection) { _, _ in withExtendedLifetime(lease) {} })
        }
    }

    /// Bytes, of which there are none, in the text of a statement.
    public static var noBytes: String { engine == .sqlite ? "x''" : "''::bytea" }

    /// The database as another process has it.
    public func another() throws -> any Database {
        switch place {
        case .file(let folder): try Connection(path: folder.path + "/a.db")
        case .server(let lease): try ServerConnection(lease.database.words)
        }
    }

    /// The database refuses a change while `body` runs.
    ///
    /// - Parameter change: "INSERT ON file", with a condition or without: "UPDATE ON file WHEN new.state = 0".
    @discardableResult
    public func refusing<Value>(_ change: String, _ body: () throws -> Value) throws -> Value {
        try define("CREATE TRIGGER refusal BEFORE \(change) BEGIN SELECT RAISE(ABORT, 'no') WHERE 1 = 1; END")
        defer { try? define(connection.engine == .sqlite ? "DROP TRIGGER refusal" : "DROP FUNCTION refusal() CASCADE") }
        return try body()
    }

    /// Nothing can be written to the database any more.
    public func makeReadOnly() throws {
        switch place {
        case .file: try define("PRAGMA query_only = ON")
        case .server(let lease): try lease.database.makeReadOnly()
        }
    }

    /// - Parameter definition: in SQLite's words.
    private func define(_ definition: String) throws {
        switch place {
        case .file: try (connection as? Connection)?.execute(definition)
        case .server(let lease):
            try lease.database.connection.execute(definition.hasPrefix("CREATE") ? SchemaText.translated(definition) : definition)
        }
    }
}

func missing(_ what: String) -> Never { fatalError(what) }
