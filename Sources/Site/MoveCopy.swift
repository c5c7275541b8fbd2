// The new database of a move: made in one transaction, so that it is there as a whole or not at all, and compared before anybody uses it.

import Database
import Disk
import MediaStore
import PostgreSQL
import SQLite

/// The copy of a site's rows that is to take the place of what they are copied from.
final class MoveCopy {
    let database: any MovableDatabase
    private let data: DataFolder
    private let move: String
    private let names: MovedNames
    private let tables: [MovedTable]
    private let rows: MoveRows
    /// nil: it is not whole.
    private(set) var isHandedOver: Bool?

    /// - Parameters:
    ///   - move: the mark's id.
    ///   - names: what rows are called there.
    init(_ database: any MovableDatabase, of move: String, _ data: DataFolder, names: MovedNames) throws {
        (self.database, self.move, self.data, self.names) = (database, move, data, names)
        tables = try MoveSchema.tables()
        rows = MoveRows(database: database)
        isHandedOver = try rows.copy(of: move)
    }

    /// Makes it, unless it is there already.
    ///
    /// - Parameter progress: called with the numbers of rows that are copied and of all.
    func make(from source: any MovableDatabase, progress: (_ done: Int, _ all: Int) -> Void) throws {
        guard isHandedOver == nil else { return }
        try source.read {
            let all = try tables.reduce(0) { try $0 + MovedTableRows($1, in: source).count() }
            try database.write {
                if let server = database as? ServerConnection { try ServerSchema.make(on: server, of: data) }
                try database.withoutTriggers { try copyRows(from: source) { progress($0, all) } }
                try database.goOn(after: source.lastIDs)
                try MoveSchema.makeCopy(in: database)
                try rows.insertCopy(of: move)
            }
        }
        if let file = database as? Connection { try MoveSchema.requireReferences(in: file) }
        isHandedOver = false
    }

    private func copyRows(from source: any MovableDatabase, progress: (Int) -> Void) throws {
        for table in tables.reversed() { try MovedTableRows(table, in: database).removeAll() }
        var done = 0
        for table in tables {
            let target = try MovedTableRows(table, in: database)
            try MovedTableRows(table, in: source, names: names).forEachPart { part in
                try target.insert(part)
                done += part.count
                progress(done)
            }
        }
    }

    /// Makes the index of names, which is each engine's own; an interrupted call can be repeated.
    func index(progress: (_ done: Int, _ all: Int) -> Void) throws {
        let store = MediaStore(database: database, uploads: try Folder(data.uploads), recycleBin: try Folder(data.recycleBin), locks: try Folder(data.run),
                               deleteLinks: DeleteLink(secret: try data.readSecret()), whenRemoved: { _ in })
        try store.derive(.names, isAlone: true) { done, last in
            progress(done, last)
            return true
        }
        // (Until it knows how many rows there are, a server may choose plans that read all of them.)
        if let server = database as? ServerConnection { try server.execute("ANALYZE") }
    }

    /// Compares every table.
    ///
    /// - Throws: `MoveError.differs`.
    func compare(with source: any MovableDatabase, progress: (_ done: Int, _ all: Int) -> Void) throws {
        let all = try tables.reduce(0) { try $0 + MovedTableRows($1, in: source).count() }
        var done = 0
        for table in tables {
            let other = try digest(table, database, .same)
            let one = try digest(table, source, names) {
                done += $0
                progress(done, all)
            }
            guard one == other else {
                throw MoveError.differs(table: table.name, "\(one.count) rows in the one and \(other.count) in the other"
                    + (one.count == other.count ? ", with other values" : ""))
            }
        }
    }

    private func digest(_ table: MovedTable, _ database: any MovableDatabase, _ names: MovedNames, goesOn: (Int) -> Void = { _ in }) throws -> TableDigest {
        var digest = TableDigest()
        try MovedTableRows(table, in: database, names: names).forEachPart { rows in
            rows.forEach { digest.add($0) }
            goesOn(rows.count)
        }
        return digest
    }

    /// From here on somebody may write to it.
    func handOver() throws {
        try database.write { try rows.handOver(move) }
        isHandedOver = true
    }
}
