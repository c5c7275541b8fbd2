// Work that one node of several does at a time. Each node has its own timers, and all of them begin; whose turn it is stands in a row of the
// server. It is a promise among programs that work, not a lock: what they do is safe if two do it at once, but for nothing.

import Database
import Time

/// Work on what all nodes share.
public enum SharedWork: String, CaseIterable, Sendable {
    case gc, expire, events

    /// Seconds after which another node takes over what one has begun and not ended: it is dead, or has lost the server.
    var patience: Int {
        switch self {
        case .gc: 3_600
        case .expire: 300
        case .events: 60
        }
    }
}

/// A node's turn at work that all share.
public final class Lease {
    private let work: SharedWork
    /// nil where this machine is alone.
    private let rows: LeaseRows?
    private let node: String
    private var renewed: Double

    /// - Returns: nil if it is another node's turn.
    init?(_ work: SharedWork, _ rows: LeaseRows?, node: String) throws {
        (self.work, self.rows, self.node, renewed) = (work, rows, node, Now.monotonicSeconds)
        guard try rows?.take(work, for: node) ?? true else { return nil }
    }

    /// Keeps the turn for work that takes longer; asks the server only after a quarter of its time.
    ///
    /// - Returns: false if it is another node's meanwhile: then the work has to stop.
    public func renew() throws -> Bool {
        guard let rows, Now.monotonicSeconds - renewed > Double(work.patience) / 4 else { return true }
        let moment = Now.monotonicSeconds
        guard try rows.take(work, for: node) else { return false }
        renewed = moment
        return true
    }

    /// The next one need not wait. (If that fails it waits.)
    public func end() { try? rows?.end(work, for: node) }
}

extension Site {
    /// This machine's name among those that share the database; nil where a file has the rows, so that it is alone.
    public var node: String? {
        get throws { database.engine == .postgresql ? try ClusterFile(of: data)?.nodeName : nil }
    }

    /// Asks for this node's turn.
    ///
    /// - Returns: nil if it is another node's (`holder`). A site in SQLite's file has one node, whose turn it always is.
    public func lease(_ work: SharedWork) throws -> Lease? {
        guard let node = try self.node else { return try Lease(work, nil, node: "") }
        return try Lease(work, LeaseRows(database: database), node: node)
    }

    /// The node whose turn it is.
    public func holder(of work: SharedWork) throws -> String? {
        database.engine == .postgresql ? try LeaseRows(database: database).holder(of: work) : nil
    }
}
