// What is seen to before a move changes anything.

import Database
import Disk
import PostgreSQL
import SQLite

extension SiteMove {
    /// Bytes beyond those of the rows.
    private static let reserve = 64 << 20
    /// Seconds for which a node that was seen is taken to be at work.
    private static let silence = 300

    /// Looks whether the move can begin, or go on. Nothing is changed.
    ///
    /// - Throws: `MoveError`, `OtherSchema`, `DatabaseError`.
    public func plan() throws -> MovePlan {
        try requireOtherPlace()
        let site = try Site(data: data), source = try site.movable
        let begun = try MoveRows(database: source).mark()
        try requireSame(begun)
        guard !Upgrade.isAtWork else { throw MoveError.upgradeAtWork }
        switch target {
        case .server(let announced): try requireRoom(on: announced, begun)
        case .local: try requireRoomHere(site, begun)
        }
        let counts = try source.read { try MoveSchema.tables().map { (name: $0.name, rows: try MovedTableRows($0, in: source).count()) } }
        return MovePlan(source: "\(try DatabasePlace(of: data))", target: targetName, tables: counts.filter { $0.rows > 0 }, begun: begun)
    }

    private var targetName: String {
        switch target {
        case .server(let announced): "the database that \(announced.path) names"
        case .local: data.database
        }
    }

    private func requireOtherPlace() throws {
        switch (target, try DatabasePlace(of: data)) {
        case (.local, .file(let path)): throw MoveError.alreadyLocal(database: path)
        case (.server, .server(let words, let file)):
            guard FileSystem.exists(data.database), try ServerConnection(words).schemaVersion == 0 else { throw MoveError.alreadyOnServer(clusterFile: file) }
            throw MoveError.fileInPlace(file)
        default: return
        }
    }

    /// What is unfinished must be this move.
    private func requireSame(_ begun: MoveMark?) throws {
        guard let begun else { return }
        guard begun.target == target.name else { throw MoveError.otherTarget(begun: begun.target) }
        // The server's mark is seen by all nodes, and the rows are on the one that began.
        if case .local = target, let node = try ClusterFile(of: data)?.nodeName, node != begun.node {
            throw MoveError.begunElsewhere(node: begun.node, file: data.clusterFile)
        }
        guard case .server(let announced) = target, let bytes = try ClusterFile.bytes(at: data.movingClusterFile, owner: data.path) else { return }
        guard bytes == announced.bytes else { throw MoveError.otherFile(begun: data.movingClusterFile) }
    }

    private func requireRoom(on announced: AnnouncedCluster, _ begun: MoveMark?) throws {
        let server = try ServerConnection(announced.words)
        if let begun, try MoveRows(database: server).copy(of: begun.id) != nil { return }
        guard let table = try server.tableNames.sorted().first else { return }
        throw MoveError.targetNotEmpty(file: announced.path, table: table)
    }

    private func requireRoomHere(_ site: Site, _ begun: MoveMark?) throws {
        if FileSystem.exists(data.database) {
            let file = try Connection(path: data.database)
            // (One that was left by the move to the server, and was to be put aside, is put aside.)
            let isCopy = try begun.map { try MoveRows(database: file).copy(of: $0.id) != nil } ?? false
            guard try isCopy || file.refusesChanges else { throw MoveError.databaseInPlace(data.database) }
        }
        let node = try site.node
        let others = try site.followingNodes.filter { $0 != node }.filter { try site.silence(of: $0).map { $0 < Self.silence } ?? false }
        guard others.isEmpty else { throw MoveError.otherNodes(others) }
        // (What is written in one transaction is in the log first.)
        let needed = try 2 * ((site.database as? ServerConnection)?.size ?? 0) + Self.reserve, free = try Folder(data.path).freeBytes()
        guard free >= needed else { throw MoveError.noSpace(folder: data.path, needed: needed, free: free) }
    }

    /// Checks, and notes in the data folder where the rows are to go.
    func prepare() throws {
        _ = try plan()
        switch target {
        case .server(let announced):
            try Folder(data.path).replace("\(ClusterFile.name).moving", with: announced.bytes, mode: 0o600)
        case .local:
            if FileSystem.exists(data.database), try Connection(path: data.database).refusesChanges { _ = try SQLiteFiles(data.database).putAside(in: data) }
        }
    }
}
