// The last step of a move: one name says where the rows are, and what is left gets another one.

import Database
import Disk
import PostgreSQL
import SQLite

extension SiteMove {
    /// Whether the rows are where they are to be, so that at most the clearing away is left.
    ///
    /// - Throws: `MoveError` where that is done too.
    func isSwitched() throws -> Bool {
        switch (target, try DatabasePlace(of: data)) {
        case (.local, .file(let path)):
            guard FileSystem.exists(path), try Connection(path: path).tableNames.contains(MoveSchema.copy) else { return false }
            return true
        case (.server(let announced), .server(let words, _)):
            return try words == announced.words && (isLeft(data.database) || ServerConnection(words).tableNames.contains(MoveSchema.copy))
        default: return false
        }
    }

    private func isLeft(_ path: String) throws -> Bool { try FileSystem.exists(path) && Connection(path: path).refusesChanges }

    func switchOver() throws {
        let root = try Folder(data.path)
        switch target {
        case .server:
            if root.holds(ClusterFile.name) { try root.rename(ClusterFile.name, to: data.nameOfMoved(ClusterFile.name)) }
            try root.rename("\(ClusterFile.name).moving", to: ClusterFile.name)
        case .local:
            if FileSystem.exists(data.movingDatabase) { try SQLiteFiles(data.movingDatabase).rename(to: data.database, in: root) }
            try root.sync()
            try root.rename(ClusterFile.name, to: data.nameOfMoved(ClusterFile.name))
        }
        try root.sync()
    }

    /// Clears away what the move needed. The rows are where they are to be, and the site works with them.
    ///
    /// - Returns: the name of what was put aside.
    func finish() throws -> String? {
        switch target {
        case .server(let announced):
            let former = try SQLiteFiles(data.database).putAside(in: data)
            data.forgetAnnouncement()
            if announced.path == data.nextClusterFile { FileSystem.removeFile(announced.path) }
            let server = try ServerConnection(announced.words)
            try server.write { try MoveSchema.remove(MoveSchema.copy, in: server) }
            return former
        case .local:
            let file = try Connection(path: data.database)
            try file.write { try MoveSchema.remove(MoveSchema.copy, in: file) }
            return "\(ClusterFile.name).moved-\(data.lastMoved(ClusterFile.name))"
        }
    }
}
