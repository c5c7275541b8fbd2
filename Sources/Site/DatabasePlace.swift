// Where the rows of a site are. Everything above works with a `Database` and does not ask.

import Database
import Disk
import PostgreSQL
import SQLite

/// The engine that has a site's rows, and where.
public enum DatabasePlace: Sendable, CustomStringConvertible {
    /// SQLite's file.
    case file(String)
    /// A PostgreSQL server, as libpq finds it, and the file that says so.
    case server(String, clusterFile: String)

    /// - Throws: `ClusterFileError`.
    public init(of data: DataFolder) throws {
        if let words = try ClusterFile(of: data)?.database {
            self = .server(words, clusterFile: data.clusterFile)
        } else {
            self = .file(data.database)
        }
    }

    /// Opens SQLite's file, which must be there; of a server nothing is connected yet.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` where there is no file, or no libpq.
    func open() throws -> any Database {
        switch self {
        case .file(let path): try Connection(path: path)
        case .server(let words, _): try ServerConnection(words)
        }
    }

    /// Another one where the rows are elsewhere now, or another file has the name.
    var identity: String {
        switch self {
        case .file(let path): FileStatus(at: path).map { "\($0.identity)" } ?? ""
        case .server(let words, _): words
        }
    }

    /// For messages; holds no password.
    public var description: String {
        switch self {
        case .file(let path): path
        case .server(_, let file): "the database that \(file) names"
        }
    }
}
