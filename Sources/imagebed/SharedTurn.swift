// Each node's timers run commands for what all nodes share; one node at a time does it.

import Site

extension Site {
    /// - Parameter says: whether it is told that another node is at it.
    /// - Returns: nil if another node is at it.
    func turn(at work: SharedWork, says: Bool) throws -> Lease? {
        if let lease = try lease(work) { return lease }
        if says { Output.remark("imagebed \(work.rawValue): \(try holder(of: work) ?? "another node") does it for all nodes") }
        return nil
    }
}
