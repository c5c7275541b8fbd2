// The way back from a move whose copy is not in use yet.

import Database
import Disk
import PostgreSQL
import SQLite

/// Ends a move so that the site works with the database that it was to leave.
public struct MoveBack {
    private let data: DataFolder

    public init(_ data: DataFolder) { self.data = data }

    /// - Returns: what the operator has to clear away; nil for nothing.
    /// - Throws: `MoveError` where there is nothing to go back to; `DatabaseError`.
    public func cancel() throws -> String? {
        let lock = try SiteMove.lock(data)
        return try withExtendedLifetime(lock) {
            let place = try DatabasePlace(of: data)
            guard let source = try place.open() as? any MovableDatabase, try source.refusesChanges else { throw MoveError.nothingToCancel("\(place)") }
            let mark = try MoveRows(database: source).mark()
            if case .server = place {
                if let mark, let node = try ClusterFile(of: data)?.nodeName, node != mark.node { throw MoveError.begunElsewhere(node: mark.node, file: data.clusterFile) }
                let aside = try clearPlace(mark)
                return try goBack(source, mark) ?? aside
            }
            return try goBack(source, mark)
        }
    }

    /// Takes away the file of SQLite's that is the move's copy. One that was handed over may have been in use, and have what was changed since.
    ///
    /// - Returns: what became of such a one.
    /// - Throws: `MoveError.rowsElsewhere` if it is no copy, and has rows that came later.
    private func clearPlace(_ mark: MoveMark?) throws -> String? {
        guard FileSystem.exists(data.database) else { return nil }
        let files = SQLiteFiles(data.database)
        guard let mark, let isHandedOver = try files.copy(of: mark.id) else { throw MoveError.rowsElsewhere(database: data.database) }
        guard isHandedOver else {
            files.remove()
            return nil
        }
        return "\(data.database) was the finished copy, and may have what was changed since: it is \(try files.setAside(in: data)) now"
    }

    func goBack(_ source: any MovableDatabase, _ mark: MoveMark?) throws -> String? {
        let remark = removeCopy(of: mark)
        try MoveBack.takeChanges(source)
        data.forgetAnnouncement()
        SQLiteFiles(data.movingDatabase).remove()
        return remark
    }

    /// Lets a database take changes again, as one that no move has begun to leave; does nothing where it does.
    public static func takeChanges(_ database: any MovableDatabase) throws {
        guard try database.refusesChanges else { return }
        try database.write {
            try database.refuseChanges(false)
            try MoveSchema.remove(MoveSchema.mark, in: database)
        }
    }

    /// - Returns: why the copy on a server is still there.
    private func removeCopy(of mark: MoveMark?) -> String? {
        do {
            guard let mark, let bytes = try ClusterFile.bytes(at: data.movingClusterFile, owner: data.path) else { return nil }
            let announced = try AnnouncedCluster(bytes, data.movingClusterFile)
            let server = try ServerConnection(announced.words, patience: nil)
            switch try MoveRows(database: server).copy(of: mark.id) {
            case nil: return nil
            case true?: return "the copy on the server stays, because it was handed over: empty that database before it is used again"
            case false?:
                try server.write { try server.removeAll() }
                return nil
            }
        } catch {
            return "the copy on the server stays, if there is one (\(error)): empty that database before it is used again"
        }
    }
}
