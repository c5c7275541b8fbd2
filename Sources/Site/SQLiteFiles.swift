// The files of a database of SQLite's get other names together: what one of another database left would be taken for its own.

import Database
import Disk
import SQLite

/// A database of SQLite's with the files beside it.
struct SQLiteFiles {
    private let path: String
    private static let companions = ["-wal", "-shm", "-journal"]

    init(_ path: String) { self.path = path }

    func remove() {
        for end in [""] + Self.companions { FileSystem.removeFile(path + end) }
    }

    /// Gives a database that nobody uses its last name, where none is.
    func rename(to other: String, in folder: Folder) throws {
        try Connection(path: path).becomeOneFile()
        // What another file of that name left would be taken for this one's.
        for end in Self.companions { FileSystem.removeFile(other + end) }
        try folder.rename(name(path), to: name(other))
    }

    /// Gives a database that refuses changes a name by which nobody uses it. Programs that have it open go on reading it until they look again.
    ///
    /// - Returns: the name; nil if it was not there, or takes changes.
    func putAside(in data: DataFolder) throws -> String? {
        guard FileSystem.exists(path) else { return nil }
        do {
            let database = try Connection(path: path)
            guard try database.refusesChanges else { return nil }
            try? database.emptyLog()
        }
        return try setAside(in: data)
    }

    /// - Returns: the name that it has now.
    func setAside(in data: DataFolder) throws -> String {
        let folder = try Folder(data.path), aside = data.nameOfMoved(name(path))
        for end in [""] + Self.companions where end.isEmpty || FileSystem.exists(path + end) { try folder.rename(name(path) + end, to: aside + end) }
        try folder.sync()
        return aside
    }

    /// As `MoveRows.copy`. Nothing has it open when this returns.
    func copy(of move: String) throws -> Bool? { try MoveRows(database: Connection(path: path)).copy(of: move) }

    private func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
