// Work that one node of several does at a time. Each node has its own timers, and all of them begin; whose turn it is stands in a row of the
// server, which ends with its time. It saves the others the work, and is no lock: a node that stood still for longer than its time goes on
// until its next step before it hears that another one has begun. Files are removed and restored with the lock of deletions in any case, and
// rows are changed in transactions; receivers of events may be told something twice.

import Crypto
import Database
import Text
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
    /// What only this turn has: another one of the same node, or of another node of its name, is not taken for it.
    private let token = Hexadecimal.encode(RandomBytes.make(16))
    private var renewed: Double

    /// - Returns: nil if it is another node's turn.
    init?(_ work: SharedWork, _ rows: LeaseRows?, node: String) throws {
        (self.work, self.rows, renewed) = (work, rows, Now.monotonicSeconds)
        guard try rows?.take(work, for: node, as: token) ?? true else { return nil }
    }

    /// Keeps the turn for work that takes longer; asks the server only after a quarter of its time.
    ///
    /// - Returns: false if it is somebody else's meanwhile: then the work has to stop.
    public func renew() throws -> Bool {
        guard Now.monotonicSeconds - renewed > Double(work.patience) / 4 else { return true }
        return try renewNow()
    }

    func renewNow() throws -> Bool {
        guard let rows else { return true }
        let moment = Now.monotonicSeconds
        guard try rows.renew(work, token) else { return false }
        renewed = moment
        return true
    }

    /// The same for work that an error stops.
    ///
    /// - Throws: `TurnLost`; `DatabaseError`.
    public func keep() throws { guard try renew() else { throw TurnLost(work: work) } }

    /// The next one need not wait. (If that fails it waits.)
    public func end() { try? rows?.end(work, token) }
}

/// This node has worked, or stood still, for longer than its turn lasted, and another one has begun.
public struct TurnLost: Error, CustomStringConvertible {
    let work: SharedWork

    public var description: String { "another process has taken over imagebed \(work.rawValue), which this one did not continue in time" }
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
