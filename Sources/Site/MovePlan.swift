// What a move is to do, found out before anything is changed.

import Database
import Disk

/// Where rows are to go.
public enum MoveTarget: Sendable {
    /// The server that a file names, which is to be `cluster.conf`.
    case server(AnnouncedCluster)
    /// SQLite's file in the data folder.
    case local

    var name: String {
        switch self {
        case .server: ClusterFile.name
        case .local: "local"
        }
    }
}

/// A file that is to be `cluster.conf`.
public struct AnnouncedCluster: Sendable {
    public let path: String
    public let file: ClusterFile
    let bytes: [UInt8]
    let words: String

    /// Read with the rights of this process; called before root becomes the site's user.
    ///
    /// - Throws: `MoveError`, `ClusterFileError`.
    public init(at path: String, for data: DataFolder) throws {
        guard let bytes = try ClusterFile.bytes(at: path, owner: data.path) else {
            // (As where a move is repeated that has made this file cluster.conf.)
            if case .server(_, let file) = try DatabasePlace(of: data) { throw MoveError.alreadyOnServer(clusterFile: file) }
            throw MoveError.noFile(path)
        }
        try self.init(bytes, path)
    }

    /// The one that an operator has put into the data folder; nil if there is none.
    public static func next(of data: DataFolder) throws -> AnnouncedCluster? {
        FileSystem.exists(data.nextClusterFile) ? try AnnouncedCluster(at: data.nextClusterFile, for: data) : nil
    }

    init(_ bytes: [UInt8], _ path: String) throws {
        (self.bytes, self.path) = (bytes, path)
        file = try ClusterFile(text: String(decoding: bytes, as: UTF8.self), path: path)
        guard let words = file.database else { throw MoveError.namesNoDatabase(path) }
        self.words = words
    }
}

/// What will be done.
public struct MovePlan: Sendable {
    /// For messages.
    public let source: String
    public let target: String
    /// Rows by table, of tables that have any.
    public let tables: [(name: String, rows: Int)]
    /// What an earlier call has begun; nil for a new move.
    public let begun: MoveMark?

    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
}

extension DataFolder {
    /// The file of `imagebed move` that is to be `cluster.conf`, while the move lasts.
    var movingClusterFile: String { "\(clusterFile).moving" }
    /// The copy that is to be the database, while the move lasts.
    var movingDatabase: String { "\(database).moving" }
    /// Where an operator can put the file that is to be `cluster.conf`: units get their network by it before.
    public var nextClusterFile: String { "\(clusterFile).next" }

    /// Removes that file, with what killed calls left of it: a password may stand there.
    func forgetAnnouncement() {
        let name = "\(ClusterFile.name).moving"
        for entry in (try? Folder(path).entries()) ?? [] where entry == name || entry.hasPrefix(".\(name).") { FileSystem.removeFile("\(path)/\(entry)") }
    }

    /// "imagebed.db.moved-3", which no file has.
    func nameOfMoved(_ name: String) -> String { "\(name).moved-\(lastMoved(name) + 1)" }

    /// The number of the last one that was put aside; 0 for none.
    func lastMoved(_ name: String) -> Int {
        var last = 0
        while FileSystem.exists("\(path)/\(name).moved-\(last + 1)") { last += 1 }
        return last
    }
}
