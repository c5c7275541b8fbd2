// Nodes of one site share rows and pictures, but each has thumbnails and a web server of its own. What one of them removes or changes the others
// read from the database and do likewise. It can be repeated: a node that stopped in between goes on where it was.

import Database
import Media
import MediaStore

/// What a node has done to be like the others.
public struct FollowReport: Sendable, Equatable {
    /// Files that other nodes removed or replaced, whose thumbnails are gone here too.
    public internal(set) var removals = 0
    /// Thumbnails that were removed because the node may have missed what became of their pictures.
    public internal(set) var clearedThumbnails = 0
    /// Whether the settings are other ones.
    public internal(set) var hasNewSettings = false
}

extension Site {
    /// Seconds after which a node that does not follow is forgotten, with what it has missed.
    static let followPatience = 7 * 86_400
    /// Seconds after which a node is noted again that has nothing to follow.
    static let followNotice = 60
    private static let followedAtOnce = 500

    /// Does what other nodes have done since the last call.
    ///
    /// - Parameters:
    ///   - isNoted: whether it is noted that this node is there also if nothing was to be done.
    ///   - applySettings: called for a node that is new, and where the settings are other ones.
    /// - Returns: nil where this machine is alone.
    public func follow(isNoted: Bool, applySettings: () throws -> Void) throws -> FollowReport? {
        guard let node = try self.node else { return nil }
        let rows = NodeRows(database: database)
        guard let state = try rows.state(of: node) else { return nil }
        var report = FollowReport()
        // What comes up after this look is told again next time.
        var seen = state.own?.removal ?? state.lastRemoval
        if state.own == nil { report.clearedThumbnails = try thumbnails.trim(to: 0) }
        while case let removals = try rows.removals(after: seen, atMost: Site.followedAtOnce), let last = removals.last {
            let paths = Set(removals.map(\.path))
            for path in paths.compactMap({ StoredPath($0) }) { try thumbnails.forget(path) }
            report.removals += paths.count
            seen = last.id
            if removals.count == Site.followedAtOnce, let own = state.own { try rows.note(node, removal: seen, settings: own.settings) }
        }
        if state.own?.settings != state.settings {
            report.hasNewSettings = true
            try applySettings()
        }
        if isNoted || state.own == nil || report != FollowReport() { try rows.note(node, removal: seen, settings: state.settings) }
        return report
    }

    /// Seconds since this node last followed; nil if it never did.
    ///
    /// - Parameter node: of this machine.
    public func silence(of node: String) throws -> Int? { try NodeRows(database: database).silence(of: node) }

    /// The nodes that follow each other; empty where this machine is alone.
    public var followingNodes: [String] {
        get throws { database.engine == .postgresql ? try NodeRows(database: database).names() : [] }
    }

    /// Forgets what all nodes have followed; part of a collection.
    public func tidyNodes() throws {
        if database.engine == .postgresql { try NodeRows(database: database).tidy(after: Site.followPatience) }
    }
}
