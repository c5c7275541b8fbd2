// Moves the rows of a site from SQLite's file to a server, or back, while the site shows what it has. Each step can be interrupted and repeated:
//
// 1. `move_mark` is written in the database that is to be left, in the transaction from which on it refuses every change, whoever asks for it. So
//    what was answered with success before is copied, and nothing is answered so after. It never takes changes again, unless the move is cancelled.
// 2. The rows are copied in one transaction, the index of names is made, and all tables are compared.
// 3. The copy is handed over, and the name of one file, `cluster.conf`, says where the rows are: programs that find their database refusing changes
//    look at it with each request.

import Database
import Disk
import MediaStore
import PostgreSQL
import SQLite
import Crypto
import Text
import Time

/// One move, begun or gone on with.
public final class SiteMove {
    /// What takes a while.
    public enum Step: String, Sendable {
        case copying = "rows copied", indexing = "index of names", comparing = "rows compared"
    }

    /// - Parameters: the numbers of what is done and of all.
    public typealias Progress = (_ step: Step, _ done: Int, _ all: Int) -> Void

    let data: DataFolder
    let target: MoveTarget
    private let progress: Progress

    /// Seconds in which who is writing has to come to an end.
    private static let patience = 60.0
    private static let lockName = "move"

    public init(_ data: DataFolder, to target: MoveTarget, progress: @escaping Progress = { _, _, _ in }) {
        (self.data, self.target, self.progress) = (data, target, progress)
    }

    /// Keeps every other move of this site away, as long as the result lives.
    ///
    /// - Throws: `MoveError.underWay`.
    static func lock(_ data: DataFolder) throws -> Lock {
        guard let lock = try Folder(data.run).lock(lockName, waits: false) else { throw MoveError.underWay }
        return lock
    }

    /// Does what is missing of the move.
    ///
    /// - Returns: what was put aside, by name: the database that was left, or `cluster.conf`; nil if that was done before.
    /// - Throws: `MoveError`, `DatabaseError`, `DiskError`. Unless the copy was handed over already, the site works as before then.
    public func run() throws -> String? {
        let lock = try SiteMove.lock(data)
        return try withExtendedLifetime(lock) {
            if try isSwitched() { return try finish() }
            try prepare()
            try copyAndSwitch()
            return try finish()
        }
    }

    /// (The connections to the database that is left are closed when this returns.)
    private func copyAndSwitch() throws {
        let site = try Site(data: data), source = try site.movable
        let (mark, isNew) = try begin(site, source)
        var copy: MoveCopy?
        do {
            let made = try openCopy(of: mark)
            copy = made
            try made.make(from: source) { progress(.copying, $0, $1) }
            if made.isHandedOver == false { try made.index { progress(.indexing, $0, $1) } }
            try made.compare(with: source) { progress(.comparing, $0, $1) }
            try made.handOver()
        } catch MoveError.differs(_, _) where copy?.isHandedOver == true {
            throw MoveError.writtenSince(file: data.movingClusterFile)
        } catch where copy.map({ $0.isHandedOver != true }) ?? isNew {
            // (What an earlier call has made of a copy that does not open is not known.)
            _ = try? MoveBack(data).goBack(source, mark)
            throw error
        }
        copy = nil
        try switchOver()
    }

    // Step 1

    /// - Returns: also whether this call has begun the move.
    private func begin(_ site: Site, _ source: any MovableDatabase) throws -> (mark: MoveMark, isNew: Bool) {
        do {
            return try stopChanges(site, source)
        } catch {
            // The announcement may hold a password.
            if (try? source.refusesChanges) == false { data.forgetAnnouncement() }
            throw error
        }
    }

    private func stopChanges(_ site: Site, _ source: any MovableDatabase) throws -> (mark: MoveMark, isNew: Bool) {
        let rows = MoveRows(database: source)
        if let mark = try rows.mark() { return (mark, false) }
        let mark = MoveMark(id: Hexadecimal.encode(RandomBytes.make(16)), node: try nodeName(), target: target.name, beganAt: Now.seconds)
        try site.store.whileNobodyDeletes {
            try patiently {
                try source.write {
                    // (Somebody may have migrated it since that was looked at.)
                    let found = try source.schemaVersion
                    guard found == SiteSchema.known else { throw OtherSchema(found: found, needed: SiteSchema.known) }
                    try site.store.countAllWaiting()
                    try MoveSchema.makeMark(in: source)
                    try rows.insert(mark)
                    try source.refuseChanges(true)
                }
            }
        }
        return (mark, true)
    }

    /// Who is writing does so for less than a second; an import takes longer.
    private func patiently(_ body: () throws -> Void) throws {
        let end = Now.monotonicSeconds + Self.patience
        while true {
            do { return try body() } catch let error as DatabaseError where error.kind == .busy && Now.monotonicSeconds < end {}
        }
    }

    private func nodeName() throws -> String {
        switch target {
        case .server(let announced): announced.file.nodeName
        case .local: try ClusterFile(of: data)?.nodeName ?? ""
        }
    }

    // Step 2

    private func openCopy(of mark: MoveMark) throws -> MoveCopy {
        switch target {
        case .server(let announced):
            let server = try ServerConnection(announced.words, patience: nil)
            return try MoveCopy(server, of: mark.id, data, names: MovedNames(node: nodeName(), isForServer: true))
        case .local: return try MoveCopy(openFile(of: mark), of: mark.id, data, names: MovedNames(node: nodeName(), isForServer: false))
        }
    }

    /// The copy under its last name, if it has that already; else under the one that it has until then, made anew unless it is whole.
    private func openFile(of mark: MoveMark) throws -> Connection {
        for path in [data.database, data.movingDatabase] where FileSystem.exists(path) {
            let file = try Connection(path: path)
            if try MoveRows(database: file).copy(of: mark.id) != nil { return file }
        }
        SQLiteFiles(data.movingDatabase).remove()
        try FileSystem.makeFile(data.movingDatabase, mode: 0o600)
        let file = try Connection(path: data.movingDatabase, creates: true)
        try file.ignoreReferences()
        try file.migrate(SiteSchema.migrations)
        return file
    }
}

extension Site {
    /// The database, of whichever engine.
    var movable: any MovableDatabase {
        get throws {
            guard let database = database as? any MovableDatabase else { preconditionFailure("a database of no engine") }
            return database
        }
    }

    /// Whether a move that brought the rows here has not cleared away what it needed.
    public var holdsMarkOfCopy: Bool { get throws { try movable.tableNames.contains(MoveSchema.copy) } }

    /// The move that has begun to leave this database, or has left it; nil where changes are taken.
    public var unfinishedMove: MoveMark? {
        get throws { try database.refusesChanges ? MoveRows(database: movable).mark() : nil }
    }
}
