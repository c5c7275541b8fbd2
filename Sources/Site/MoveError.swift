// Why rows are not moved. Each message names what is in the way and what to do.

import Text

/// A move cannot begin, or cannot go on.
public enum MoveError: Error, CustomStringConvertible {
    /// The file that was named is that in the data folder.
    case fileInPlace(String)
    case noFile(String)
    case namesNoDatabase(String)
    case alreadyLocal(database: String)
    case alreadyOnServer(clusterFile: String)
    case targetNotEmpty(file: String, table: String)
    case databaseInPlace(String)
    case otherTarget(begun: String)
    case otherFile(begun: String)
    case otherNodes([String])
    case noSpace(folder: String, needed: Int, free: Int)
    case upgradeAtWork
    case underWay
    case migrationNeeded(found: Int, needed: Int)
    case differs(table: String, String)
    case writtenSince(file: String)
    case rowsElsewhere(database: String)
    case nothingToCancel(String)
    case begunElsewhere(node: String, file: String)

    public var description: String {
        switch self {
        case .fileInPlace(let path): "\(path) says already where the database is, though its rows are not there: give it another name first "
            + "(mv \(path) \(path).next), and name that with --to"
        case .noFile(let path): "\(path) is not there: write it as docs/cluster.md says, and name it with --to"
        case .namesNoDatabase(let path): "\(path) has no line database = …: write where the database is"
        case .alreadyLocal(let database): "the rows are in \(database) already"
        case .alreadyOnServer(let file): "the rows are on the server that \(file) names, and are moved to another server with pg_dump and pg_restore "
            + "(docs/cluster.md, Backup)"
        case .targetNotEmpty(let file, let table): "the database that \(file) names is not empty (it has a table \(table)): name an empty one, or, if nobody "
            + "needs what is in it, empty it with psql, as its owner: DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        case .databaseInPlace(let path): "\(path) is there, though the rows are on a server: see what it is, and give it another name (mv \(path) \(path).old)"
        case .otherTarget(let begun): "a move to \(begun) is not finished: go on with it, or go back with imagebed move --cancel"
        case .otherFile(let begun): "a move with another file is not finished: go on with imagebed move --to \(begun), or go back with imagebed move --cancel"
        case .otherNodes(let names): "\(names.joined(separator: ", ")) worked on this database within the last minutes: stop all nodes but this one, and wait "
            + "five minutes"
        case .noSpace(let folder, let needed, let free): "the rows need \((needed >> 20) + 1) MB in \(folder), \(free >> 20) MB are free: make room and try again"
        case .upgradeAtWork: "an installation is at work: try again when it has ended"
        case .underWay: "another imagebed move is at work"
        case .migrationNeeded(let found, let needed): "the database has schema \(found), this program needs \(needed): run sudo imagebed setup first"
        case .differs(let table, let how): "the copy differs in the table \(table): \(how)"
        case .writtenSince(let file): "the database that \(file) names has other rows than the site, though it is a copy that was finished: somebody has "
            + "written to it. See which one is right; imagebed move --cancel goes on with the rows that are here"
        case .rowsElsewhere(let database): "\(database) is there, and may have what was changed since the rows were moved: give it another name first "
            + "(mv \(database) \(database).old), if that may be lost"
        case .begunElsewhere(let node, let file): "\(node) began the move, and may have the rows already: run this there. If that machine and its rows are lost, "
            + "write node = \(node) into \(file), and repeat it"
        case .nothingToCancel(let place): "no move is unfinished: the rows are in \(place)"
        }
    }
}
